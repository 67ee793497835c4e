package io.cordon.deploy.e2e;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.deploy.quickstart.QuickstartException;
import io.cordon.deploy.quickstart.Waiting;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;

/** Another host: a network namespace behind a virtual link, with a web server that logs who asked. */
final class PeerHost implements AutoCloseable {
    /** The other host's address, out of the range for network benchmarks (RFC 2544). */
    static final String ADDRESS = "198.18.47.2";

    static final int PORT = 8080;
    private static final String OWN_ADDRESS = "198.18.47.1/30";
    private static final String NAMESPACE = "cordon-e2e-peer";
    private static final String LINK = "cordon-e2e0";

    private final Process server;
    private final Path log;

    private PeerHost(Process server, Path log) {
        this.server = server;
        this.log = log;
    }

    static PeerHost start(Path folder) throws IOException, InterruptedException, QuickstartException {
        remove();
        Shell.run("ip", "netns", "add", NAMESPACE);
        Shell.run("ip", "link", "add", LINK, "type", "veth", "peer", "name", "eth0", "netns", NAMESPACE);
        Shell.run("ip", "addr", "add", OWN_ADDRESS, "dev", LINK);
        Shell.run("ip", "link", "set", LINK, "up");
        Shell.run("ip", "-n", NAMESPACE, "addr", "add", ADDRESS + "/30", "dev", "eth0");
        Shell.run("ip", "-n", NAMESPACE, "link", "set", "eth0", "up");
        Path log = folder.resolve("peer.log");
        Path empty = Files.createDirectories(folder.resolve("peer"));
        Process server = new ProcessBuilder(
                        "ip",
                        "netns",
                        "exec",
                        NAMESPACE,
                        "python3",
                        "-u",
                        "-m",
                        "http.server",
                        "-d",
                        empty.toString(),
                        Integer.toString(PORT))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Waiting.until(Workstation.SOON, "the other host's web server does not answer", PeerHost::answers);
        return new PeerHost(server, log);
    }

    private static boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(ADDRESS, PORT), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Asks it for a path, as that user and outside any sandbox, which works. */
    void control(Developer developer) throws IOException, InterruptedException {
        Shell.run(developer.asUser("curl", "-sS", "-m", "60", "http://" + ADDRESS + ":" + PORT + "/control"));
        assertTrue(requests().contains("/control"), "the other host can be reached from outside the sandbox");
    }

    /** The web server's log: a line for each request. */
    String requests() throws IOException {
        return Files.readString(log);
    }

    private static void remove() throws IOException, InterruptedException {
        // The link first: deleting the namespace takes it along, but only some time later.
        if (Files.exists(Path.of("/sys/class/net", LINK))) {
            Shell.run("ip", "link", "del", LINK);
        }
        if (Shell.run("ip", "netns", "list").contains(NAMESPACE)) {
            Shell.run("ip", "netns", "del", NAMESPACE);
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        server.destroyForcibly();
        server.waitFor();
        remove();
    }
}
