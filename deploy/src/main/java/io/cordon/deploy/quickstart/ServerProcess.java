package io.cordon.deploy.quickstart;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A Cordon server with embedded PostgreSQL, started from the checkout. */
public final class ServerProcess implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    /** The local administrator that a new server makes for itself. */
    public static final String ADMINISTRATOR = "admin";

    private final Child process;
    private final URI url;
    private final Path data;
    private final long startMs;
    private final AdminClient client;

    private ServerProcess(Child process, URI url, Path data, long startMs, AdminClient client) {
        this.process = process;
        this.url = url;
        this.data = data;
        this.startMs = startMs;
        this.client = client;
    }

    /**
     * Starts the server and waits until it is ready.
     *
     * @param data its data folder
     * @param port its HTTPS port on this machine
     * @param log where its output goes
     */
    public static ServerProcess start(Checkout checkout, Path data, int port, Path log)
            throws QuickstartException, InterruptedException {
        requireFree(port);
        URI url = URI.create("https://localhost:" + port);
        long began = System.nanoTime();
        Child process = Child.start(
                "server",
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        checkout.serverJar().toString()),
                Map.of(
                        "CORDON_DATA", data.toString(),
                        "CORDON_HOST", "127.0.0.1",
                        "CORDON_PORT", Integer.toString(port),
                        "CORDON_PUBLIC_URL", url.toString()),
                log);
        try {
            Path authority = data.resolve("tls/ca.pem");
            Waiting.until(START_LIMIT, "the server made no " + authority + "; see " + log, () -> {
                process.requireAlive();
                return Files.exists(authority);
            });
            AdminClient client = new AdminClient(url, authority);
            Waiting.until(START_LIMIT, "the server is not ready after " + START_LIMIT + "; see " + log, () -> {
                process.requireAlive();
                return client.ready();
            });
            return new ServerProcess(process, url, data, (System.nanoTime() - began) / 1_000_000, client);
        } catch (IOException | GeneralSecurityException e) {
            process.close();
            throw new QuickstartException("the server's certificate authority cannot be read: " + e.getMessage(), e);
        } catch (QuickstartException | InterruptedException e) {
            process.close();
            throw e;
        }
    }

    private static void requireFree(int port) throws QuickstartException {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new QuickstartException(
                    "port " + port + " is taken by another program: stop it, or choose another port with --port N", e);
        }
    }

    /** Signs the client in as the local administrator. */
    public void signIn() throws QuickstartException, InterruptedException {
        try {
            client.signIn(
                    ADMINISTRATOR,
                    Files.readString(passwordFile(), StandardCharsets.UTF_8).strip());
        } catch (IOException e) {
            throw new QuickstartException(
                    passwordFile() + " cannot be read: start over with --reset, or restore the file", e);
        }
    }

    /** The client; signed in after {@link #signIn}. */
    public AdminClient client() {
        return client;
    }

    /** The server's address. */
    public URI url() {
        return url;
    }

    /** Milliseconds from start to ready. */
    public long startMs() {
        return startMs;
    }

    /** Where the administrator's password is, readable by its owner only. */
    public Path passwordFile() {
        return data.resolve("admin-password");
    }

    /** The process, for tests that end it the hard way. */
    public Child process() {
        return process;
    }

    @Override
    public void close() {
        process.close();
    }
}
