package io.cordon.agent.os.linux;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The rows of {@code /proc/net/tcp} and {@code tcp6} (proc_net_tcp.txt of the kernel): addresses as hexadecimal 32-bit words in
 * the byte order of the machine, ports in network order, then state, queues, timers, retransmits, uid, timeout, inode.
 */
final class ProcNetTcp {
    private static final int LOCAL = 1;
    private static final int REMOTE = 2;
    private static final int UID = 7;
    private static final int INODE = 9;

    private ProcNetTcp() {}

    /**
     * @param uid owner of the socket
     * @param inode its number, never 0
     */
    record Row(long uid, long inode) {}

    /** The socket whose own address is {@code local} and whose peer is {@code remote}. */
    static Optional<Row> find(Stream<String> lines, InetSocketAddress local, InetSocketAddress remote) {
        List<String> locals = forms(local);
        List<String> remotes = forms(remote);
        return lines.map(line -> row(line, locals, remotes))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Row> row(String line, List<String> locals, List<String> remotes) {
        String[] fields = line.strip().split("\\s+");
        if (fields.length <= INODE || !locals.contains(fields[LOCAL]) || !remotes.contains(fields[REMOTE])) {
            return Optional.empty();
        }
        try {
            Row row = new Row(Long.parseLong(fields[UID]), Long.parseLong(fields[INODE]));
            // A socket that nobody holds any more waits without an inode.
            return row.inode() == 0 ? Optional.empty() : Optional.of(row);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** An IPv4 address also as the mapped one that an IPv6 socket shows. */
    private static List<String> forms(InetSocketAddress address) {
        String port = ":%04X".formatted(address.getPort());
        InetAddress ip = address.getAddress();
        List<String> forms = new ArrayList<>();
        forms.add(words(ip.getAddress()) + port);
        if (ip instanceof Inet4Address) {
            forms.add("0000000000000000FFFF0000" + words(ip.getAddress()) + port);
        }
        return forms;
    }

    private static String words(byte[] address) {
        boolean little = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
        StringBuilder text = new StringBuilder();
        for (int word = 0; word < address.length; word += 4) {
            for (int i = 0; i < 4; i++) {
                text.append("%02X".formatted(address[word + (little ? 3 - i : i)]));
            }
        }
        return text.toString();
    }
}
