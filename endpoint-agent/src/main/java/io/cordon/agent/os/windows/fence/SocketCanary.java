package io.cordon.agent.os.windows.fence;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A canary on loopback and on the address of each family from which this machine's packets leave, where it has one. */
public final class SocketCanary implements Canary {
    private static final int WAIT_MILLIS = 1000;
    private static final int LONGEST = 512;
    /** Documentation addresses, one of each family: whatever leads to the rest of the world leads to them. */
    private static final List<IpAddress> FAR = List.of(IpAddress.v4(192, 0, 2, 1), IpAddress.parse("2001:db8::1"));

    private static final String OURS = "control";

    private final String mark;
    private final List<Closeable> sockets = new ArrayList<>();
    private final List<Perch> perches = new ArrayList<>();
    private final Set<String> heard = ConcurrentHashMap.newKeySet();

    private SocketCanary(String mark) {
        this.mark = mark;
    }

    /** As {@link Canary.Source}. */
    public static Canary open(String mark, Set<Integer> avoid) throws IOException {
        SocketCanary canary = new SocketCanary(mark);
        for (InetAddress address : addresses()) {
            try {
                canary.perch(address, avoid);
            } catch (IOException e) {
                // An address that cannot be listened on is no perch; with none left, nothing is proven and that is
                // said.
                continue;
            }
        }
        return canary;
    }

    private static Set<InetAddress> addresses() throws IOException {
        Set<InetAddress> chosen = new LinkedHashSet<>();
        chosen.add(InetAddress.getByAddress(IpAddress.LOOPBACK_V4.bytes()));
        chosen.add(InetAddress.getByAddress(IpAddress.LOOPBACK_V6.bytes()));
        for (IpAddress far : FAR) {
            outgoing(InetAddress.getByAddress(far.bytes())).ifPresent(chosen::add);
        }
        return chosen;
    }

    /** The address of this machine that packets for there would come from; connecting a datagram socket sends none. */
    private static Optional<InetAddress> outgoing(InetAddress there) {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(there, 9));
            return Optional.of(socket.getLocalAddress()).filter(address -> !address.isAnyLocalAddress());
        } catch (IOException | UncheckedIOException e) {
            // No route, so no such address and nothing to try.
            return Optional.empty();
        }
    }

    private void perch(InetAddress address, Set<Integer> avoid) throws IOException {
        ServerSocket tcp = listen(address, avoid);
        sockets.add(tcp);
        DatagramSocket udp = new DatagramSocket(0, address);
        sockets.add(udp);
        start("canary-tcp", () -> accept(tcp));
        start("canary-udp", () -> receive(udp));
        if (answers(tcp)) {
            perches.add(new Perch(IpAddress.of(address.getAddress()), tcp.getLocalPort(), udp.getLocalPort()));
        }
    }

    private static ServerSocket listen(InetAddress address, Set<Integer> avoid) throws IOException {
        List<ServerSocket> avoided = new ArrayList<>();
        try {
            while (true) {
                ServerSocket socket = new ServerSocket(0, 50, address);
                if (!avoid.contains(socket.getLocalPort())) {
                    return socket;
                }
                avoided.add(socket);
            }
        } finally {
            for (ServerSocket socket : avoided) {
                socket.close();
            }
        }
    }

    private static void start(String name, Runnable body) {
        Thread thread = new Thread(body, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** The control: what the agent itself does not reach says nothing when the probe does not either. */
    private boolean answers(ServerSocket tcp) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(tcp.getInetAddress(), tcp.getLocalPort()), WAIT_MILLIS);
            socket.getOutputStream().write((mark + " " + OURS + "\n").getBytes(StandardCharsets.US_ASCII));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void accept(ServerSocket server) {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                socket.setSoTimeout(WAIT_MILLIS);
                hear(socket.getInputStream().readNBytes(LONGEST));
            } catch (SocketTimeoutException e) {
                // Whoever connects and says nothing is not the probe.
                continue;
            } catch (IOException e) {
                continue;
            }
        }
    }

    private void receive(DatagramSocket socket) {
        byte[] bytes = new byte[LONGEST];
        while (!socket.isClosed()) {
            DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
            try {
                socket.receive(packet);
            } catch (IOException e) {
                continue;
            }
            hear(java.util.Arrays.copyOf(packet.getData(), packet.getLength()));
        }
    }

    private void hear(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.US_ASCII).strip();
        if (text.startsWith(mark + " ")) {
            heard.add(text.substring(mark.length() + 1));
        }
    }

    @Override
    public List<Perch> perches() {
        return List.copyOf(perches);
    }

    @Override
    public Set<String> heard() {
        return Set.copyOf(heard);
    }

    @Override
    public void close() throws IOException {
        for (Closeable socket : sockets) {
            socket.close();
        }
    }
}
