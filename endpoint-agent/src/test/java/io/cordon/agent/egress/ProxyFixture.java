package io.cordon.agent.egress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.telemetry.Redactor;
import io.cordon.agent.telemetry.RunIds;
import io.cordon.policy.document.Digest;
import io.cordon.policy.document.PolicyDocuments;
import io.cordon.policy.document.ReadResult;
import io.cordon.policy.model.EndpointFacts;
import io.cordon.policy.resolve.PolicySet;
import io.cordon.policy.resolve.PublishedDocument;
import io.cordon.policy.resolve.ResolvedPolicy;
import io.cordon.policy.resolve.Resolver;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A proxy with a resolver of its own, one run that may use it, and everything that it records. */
final class ProxyFixture implements AutoCloseable {
    static final String RUN = "6f1c1c9e-2a2b-4c3d-8e4f-000000000001";
    private static final int PATIENCE_MILLIS = 60_000;

    final Map<String, List<InetAddress>> names = new ConcurrentHashMap<>();
    final List<String> lookedUp = new CopyOnWriteArrayList<>();
    final List<EgressAttempt> attempts = new CopyOnWriteArrayList<>();
    final List<EgressSummary> summaries = new CopyOnWriteArrayList<>();
    final EgressProxy proxy;
    final ProxyPass pass;
    private final List<AutoCloseable> open = new ArrayList<>();

    ProxyFixture(String network) throws IOException {
        this(network, EgressSettings.DEFAULT);
    }

    ProxyFixture(String network, EgressSettings settings) throws IOException {
        EgressRuns runs = new EgressRuns(
                new EgressLog() {
                    @Override
                    public void attempt(EgressRun run, EgressAttempt attempt) {
                        attempts.add(attempt);
                    }

                    @Override
                    public void ended(EgressRun run, EgressSummary summary) {
                        summaries.add(summary);
                    }
                },
                InstantSource.system());
        proxy = EgressProxy.start(settings, runs, this::resolve, InstantSource.system());
        pass = admit(RUN, network);
    }

    ProxyPass admit(String run, String network) {
        ResolvedPolicy policy = policy(network);
        return proxy.admit(
                run, RunIds.create(null, new Random(7)), policy, new Redactor(policy.telemetry(), new byte[32]));
    }

    private List<InetAddress> resolve(String name) throws UnknownHostException {
        lookedUp.add(name);
        List<InetAddress> known = names.get(name);
        if (known == null) {
            throw new UnknownHostException(name);
        }
        return known;
    }

    /** A policy in mode proxy; {@code network} is what comes behind the mode. */
    static ResolvedPolicy policy(String network) {
        String source = """
                apiVersion: cordon.io/v1
                kind: SandboxPolicy
                metadata: {name: out, contact: ask@example.com}
                spec:
                  mode: enforce
                  filesystem: {write: {roots: ["${workspace}"]}}
                  network: {mode: proxy%s}
                  commands: {default: allow, unknown: allow}
                """.formatted(network.isEmpty() ? "" : ", " + network);
        String assignments = """
                apiVersion: cordon.io/v1
                kind: Assignments
                metadata: {name: assignments}
                spec: {rules: [{select: {}, policy: out}]}
                """;
        return Resolver.resolve(
                        PolicySet.of(List.of(
                                published("policies/out.yaml", source), published("assignments.yaml", assignments))),
                        new EndpointFacts("e-1", "linux", "box", Set.of(), Map.of()),
                        Instant.parse("2026-11-23T10:00:00Z"))
                .policy();
    }

    private static PublishedDocument published(String target, String source) {
        byte[] bytes = source.getBytes(StandardCharsets.UTF_8);
        if (PolicyDocuments.read(target, bytes) instanceof ReadResult.Accepted accepted) {
            return new PublishedDocument(target, 3, Digest.of(bytes), accepted.document());
        }
        throw new AssertionError(PolicyDocuments.read(target, bytes).toString());
    }

    /** A connection to the proxy, closed with the fixture. */
    Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), proxy.port());
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        open.add(socket);
        return socket;
    }

    <T extends AutoCloseable> T own(T part) {
        open.add(part);
        return part;
    }

    String credentials() {
        return credentials(pass);
    }

    static String credentials(ProxyPass pass) {
        return "Proxy-Authorization: Basic "
                + Base64.getEncoder()
                        .encodeToString((pass.user() + ":" + pass.secret()).getBytes(StandardCharsets.US_ASCII))
                + "\r\n";
    }

    /** Opens a tunnel by CONNECT; must succeed. */
    Socket tunnel(String authority) throws IOException {
        return tunnel(authority, pass);
    }

    /** The same for another run. */
    Socket tunnel(String authority, ProxyPass pass) throws IOException {
        Socket socket = connect();
        send(socket, "CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n" + credentials(pass) + "\r\n");
        assertEquals("HTTP/1.1 200 Connection established\r\n\r\n", head(socket));
        return socket;
    }

    /** Sends a request as it is and reads the whole answer. */
    String exchange(String request) throws IOException {
        Socket socket = connect();
        send(socket, request);
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** How much comes before the end, or before a reset, which is one too. */
    static int readQuietly(Socket socket) throws IOException {
        try {
            return socket.getInputStream().readAllBytes().length;
        } catch (SocketException e) {
            return 0;
        }
    }

    /** Reads to the blank line. */
    static String head(Socket socket) throws IOException {
        StringBuilder head = new StringBuilder();
        InputStream in = socket.getInputStream();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            assertTrue(next >= 0, "it ended after: " + head);
            head.append((char) next);
        }
        return head.toString();
    }

    /** The only attempt, when it has been recorded. */
    EgressAttempt attempt() {
        await("an attempt", () -> !attempts.isEmpty());
        assertEquals(1, attempts.size());
        return attempts.get(0);
    }

    static void await(String what, BooleanSupplier condition) {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < until, "still waiting: " + what);
            Thread.onSpinWait();
        }
    }

    static InetAddress address(String literal) {
        return Addresses.ofLiteral(literal);
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
        proxy.close();
    }
}
