package io.cordon.agent.os.windows.win32;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.platform.win32.WinNT.LARGE_INTEGER;
import com.sun.jna.ptr.IntByReference;
import io.cordon.agent.os.windows.senders.Connections;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/** The connection table of Windows, of both families: a program may speak IPv4 through a socket of IPv6. */
public final class NativeConnections implements Connections {
    /** The table can grow between the question how large it is and the call that reads it. */
    private static final int TRIES = 5;

    private static final int MAX_BYTES = 64 << 20;
    private static final int SLACK = 16 * 1024;

    /** How rows of one family are read. */
    private interface Rows {
        int size();

        int first();

        Optional<End> match(Pointer row, InetSocketAddress local, InetSocketAddress remote) throws IOException;
    }

    private static final class FourRows implements Rows {
        @Override
        public int size() {
            return new IphlpapiConnections.MIB_TCPROW_OWNER_MODULE().size();
        }

        @Override
        public int first() {
            return new IphlpapiConnections.MIB_TCPTABLE_OWNER_MODULE().size() - size();
        }

        @Override
        public Optional<End> match(Pointer row, InetSocketAddress local, InetSocketAddress remote) throws IOException {
            var read = new IphlpapiConnections.MIB_TCPROW_OWNER_MODULE(row);
            boolean same = isAt(local, bytes(read.dwLocalAddr), read.dwLocalPort)
                    && isAt(remote, bytes(read.dwRemoteAddr), read.dwRemotePort);
            return same ? end(read.dwOwningPid, read.liCreateTimestamp) : Optional.empty();
        }

        /** As they lie in memory. */
        private static byte[] bytes(int address) {
            return ByteBuffer.allocate(Integer.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(address)
                    .array();
        }
    }

    private static final class SixRows implements Rows {
        @Override
        public int size() {
            return new IphlpapiConnections.MIB_TCP6ROW_OWNER_MODULE().size();
        }

        @Override
        public int first() {
            return new IphlpapiConnections.MIB_TCP6TABLE_OWNER_MODULE().size() - size();
        }

        @Override
        public Optional<End> match(Pointer row, InetSocketAddress local, InetSocketAddress remote) throws IOException {
            var read = new IphlpapiConnections.MIB_TCP6ROW_OWNER_MODULE(row);
            boolean same = isAt(local, read.ucLocalAddr, read.dwLocalPort)
                    && isAt(remote, read.ucRemoteAddr, read.dwRemotePort);
            return same ? end(read.dwOwningPid, read.liCreateTimestamp) : Optional.empty();
        }
    }

    private static Optional<End> end(int pid, LARGE_INTEGER created) {
        return Optional.of(new End(Integer.toUnsignedLong(pid), created.getValue()));
    }

    private static boolean isAt(InetSocketAddress wanted, byte[] address, int port) throws UnknownHostException {
        // InetAddress takes a mapped address for what it maps.
        return wanted.getPort() == (Short.reverseBytes((short) port) & 0xffff)
                && Arrays.equals(
                        wanted.getAddress().getAddress(),
                        InetAddress.getByAddress(address).getAddress());
    }

    @Override
    public Optional<End> find(InetSocketAddress local, InetSocketAddress remote) throws IOException {
        Optional<End> four = find(ConnectionConstants.AF_INET, new FourRows(), local, remote);
        return four.isPresent() ? four : find(ConnectionConstants.AF_INET6, new SixRows(), local, remote);
    }

    private static Optional<End> find(int family, Rows rows, InetSocketAddress local, InetSocketAddress remote)
            throws IOException {
        try (Memory table = table(family)) {
            int size = rows.size();
            long count = Integer.toUnsignedLong(table.getInt(0));
            if (rows.first() + count * size > table.size()) {
                throw new IOException("the table of connections says " + count + " rows (expected: what fits "
                        + table.size() + " bytes)");
            }
            for (long i = 0; i < count; i++) {
                Optional<End> found = rows.match(table.share(rows.first() + i * size, size), local, remote);
                if (found.isPresent()) {
                    return found;
                }
            }
            return Optional.empty();
        }
    }

    private static Memory table(int family) throws IOException {
        IntByReference size = new IntByReference(SLACK);
        for (int i = 0; i < TRIES; i++) {
            Memory memory = new Memory(size.getValue());
            int result = IphlpapiConnections.Library.IPHLPAPI.GetExtendedTcpTable(
                    memory, size, false, family, ConnectionConstants.TCP_TABLE_OWNER_MODULE_CONNECTIONS, 0);
            if (result == ConnectionConstants.NO_ERROR) {
                return memory;
            }
            memory.close();
            if (result != ConnectionConstants.ERROR_INSUFFICIENT_BUFFER
                    || size.getValue() < 0
                    || size.getValue() > MAX_BYTES) {
                throw Failure.of("GetExtendedTcpTable", result);
            }
            size.setValue(size.getValue() + SLACK);
        }
        throw new IOException("GetExtendedTcpTable: the table grew at each of " + TRIES + " tries");
    }
}
