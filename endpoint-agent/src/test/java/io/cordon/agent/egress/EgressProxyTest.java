package io.cordon.agent.egress;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the proxy does, over real sockets. */
class EgressProxyTest {
    private static final Duration AMPLE = Duration.ofMinutes(5);

    private TestServer server;
    private ProxyFixture fixture;

    @BeforeEach
    void start() throws IOException {
        server = TestServer.echo();
        fixture = fixture(limits(AMPLE, AMPLE));
    }

    private ProxyFixture fixture(EgressSettings settings) throws IOException {
        int port = server.port();
        ProxyFixture made = new ProxyFixture(
                "allow: [{host: ok.test, ports: [" + port + "]}, {host: 127.0.0.1, ports: [" + port
                        + "]}, {host: inside.test}, {host: mixed.test}, {host: \"*.wild.test\"}, {host: gone.test}, {host: 127.0.0.2},"
                        + " {host: reads.test, methods: [GET]}, {host: banned.test}], deny: [{host: \"8.8.4.4\"}]",
                settings);
        made.names.put("ok.test", List.of(ProxyFixture.address("127.0.0.1")));
        made.names.put("reads.test", List.of(ProxyFixture.address("127.0.0.1")));
        made.names.put("inside.test", List.of(ProxyFixture.address("10.1.2.3")));
        made.names.put("mixed.test", List.of(ProxyFixture.address("1.1.1.1"), ProxyFixture.address("127.0.0.1")));
        made.names.put("banned.test", List.of(ProxyFixture.address("8.8.4.4")));
        return made;
    }

    @AfterEach
    void stop() throws Exception {
        fixture.close();
        server.close();
    }

    private void again(EgressSettings settings) throws Exception {
        fixture.close();
        fixture = fixture(settings);
    }

    private static EgressSettings limits(int connections, int perRun, Duration head, Duration idle, long bytes) {
        return new EgressSettings(
                0, new EgressLimits(connections, perRun, 4096, head, AMPLE, idle, Duration.ZERO, bytes), null);
    }

    private static EgressSettings limits(Duration head, Duration idle) {
        return limits(64, 64, head, idle, 0);
    }

    @Test
    void aTunnelCarriesBytesBothWaysAndIsRecorded() throws Exception {
        Socket socket = fixture.tunnel("OK.Test.:" + server.port());
        ProxyFixture.send(socket, "hello");
        assertEquals("hello", new String(socket.getInputStream().readNBytes(5), StandardCharsets.US_ASCII));
        socket.close();
        EgressAttempt attempt = fixture.attempt();
        assertEquals(EgressAttempt.Outcome.COMPLETED, attempt.outcome());
        assertEquals("ok.test", attempt.host());
        assertEquals("127.0.0.1", attempt.address());
        assertEquals("connect", attempt.protocol());
        assertEquals("host-allow:ok.test:" + server.port(), attempt.rule());
        assertEquals(5, attempt.bytesUp());
        assertEquals(5, attempt.bytesDown());
        assertTrue(attempt.allowed());
    }

    @Test
    void aHalfClosedSideStillGetsItsAnswer() throws Exception {
        Socket socket = fixture.tunnel("ok.test:" + server.port());
        ProxyFixture.send(socket, "last words");
        socket.shutdownOutput();
        assertEquals("last words", new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
        assertEquals(EgressAttempt.Outcome.COMPLETED, fixture.attempt().outcome());
    }

    @Test
    void largeTransfersArriveWhole() throws Exception {
        byte[] sent = new byte[32 << 20];
        new Random(1).nextBytes(sent);
        Socket socket = fixture.tunnel("ok.test:" + server.port());
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
            try {
                socket.getOutputStream().write(sent);
                socket.shutdownOutput();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        assertArrayEquals(sent, socket.getInputStream().readAllBytes());
        writing.get();
        assertEquals(sent.length, fixture.attempt().bytesUp());
        assertEquals(sent.length, fixture.attempt().bytesDown());
    }

    /** More than have a large buffer each, all waiting with a full one until it is their turn. */
    @Test
    void manyStalledTransfersArriveWhole() throws Exception {
        int transfers = 40;
        TestServer sending = fixture.own(new TestServer(socket -> {
            int seed = socket.getInputStream().readNBytes(2)[1];
            socket.getOutputStream().write(bytes(seed));
        }));
        ProxyPass pass = fixture.admit("many", "allow: [{host: 127.0.0.1}]");
        List<Socket> sockets = new ArrayList<>();
        for (int seed = 0; seed < transfers; seed++) {
            Socket socket = fixture.tunnel("127.0.0.1:" + sending.port(), pass);
            socket.getOutputStream().write(new byte[] {'s', (byte) seed});
            sockets.add(socket);
        }
        for (int seed = 0; seed < transfers; seed++) {
            assertArrayEquals(bytes(seed), sockets.get(seed).getInputStream().readAllBytes(), "transfer " + seed);
        }
    }

    private static byte[] bytes(int seed) {
        byte[] bytes = new byte[8 << 20];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** Each client goes away in the midst of what its server sends, so that both sides are ready at once. */
    @Test
    void whatHappensOnBothSidesAtOnceIsNoDefect() throws Exception {
        List<String> defects = new CopyOnWriteArrayList<>();
        Handler log = new Handler() {
            @Override
            public void publish(LogRecord line) {
                defects.add(line.getMessage() + ": " + line.getThrown());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        TestServer flooding = fixture.own(new TestServer(socket -> {
            byte[] chunk = new byte[64 << 10];
            while (true) {
                socket.getOutputStream().write(chunk);
            }
        }));
        ProxyPass pass = fixture.admit("flooded", "allow: [{host: 127.0.0.1}]");
        Logger logger = Logger.getLogger(EventLoop.class.getName());
        logger.addHandler(log);
        try {
            for (int round = 0; round < 20; round++) {
                List<Socket> sockets = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    Socket socket = fixture.tunnel("127.0.0.1:" + flooding.port(), pass);
                    sockets.add(socket);
                }
                sockets.parallelStream().forEach(EgressProxyTest::readALittle);
            }
            ProxyFixture.await("every attempt", () -> fixture.attempts.size() == 160);
        } finally {
            logger.removeHandler(log);
        }
        assertEquals(List.of(), defects);
    }

    private static void readALittle(Socket socket) {
        try (socket) {
            socket.getInputStream().readNBytes(8 << 20);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aReaderThatStopsStopsTheWriter() throws Exception {
        CompletableFuture<Long> written = new CompletableFuture<>();
        TestServer flooding = fixture.own(new TestServer(socket -> {
            socket.setSendBufferSize(64 << 10);
            byte[] chunk = new byte[64 << 10];
            long total = 0;
            try {
                while (total < 1L << 30) {
                    socket.getOutputStream().write(chunk);
                    total += chunk.length;
                }
            } finally {
                written.complete(total);
            }
        }));
        fixture.admit("other", "allow: [{host: ok.test}, {host: 127.0.0.1}]");
        ProxyPass pass = fixture.admit("third", "allow: [{host: ok.test}, {host: 127.0.0.1}]");
        Socket socket = fixture.tunnel("ok.test:" + flooding.port(), pass);
        // Nothing is read: what the proxy holds is one buffer, and the rest stays with the writer until the end of the
        // run.
        fixture.proxy.end("third");
        assertTrue(written.get() < 64L << 20, "the proxy took " + written.get() + " bytes nobody read");
        assertEquals(EgressAttempt.Outcome.CUT, fixture.attempt().outcome());
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody.test:80", "8.8.8.8:443", "127.0.0.1:1", "[::1]:80", "169.254.169.254:80"})
    void deniedTargetsAreAnsweredWithTheRuleAndWhoToAskAndNeverLookedUp(String authority) throws Exception {
        String answer =
                fixture.exchange("CONNECT " + authority + " HTTP/1.1\r\nHost: x\r\n" + fixture.credentials() + "\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 403 Forbidden\r\n"), answer);
        assertTrue(answer.contains("cordon: denied by rule host-not-allowed (policy out v3): "), answer);
        assertTrue(answer.endsWith(" Ask ask@example.com.\n"), answer);
        assertEquals(List.of(), fixture.lookedUp);
        EgressAttempt attempt = fixture.attempt();
        assertFalse(attempt.allowed());
        assertEquals(EgressAttempt.Outcome.DENIED, attempt.outcome());
        assertEquals("host-not-allowed", attempt.rule());
    }

    @Test
    void aNameThatLeadsInsideIsRefusedHoweverAllowedItIs() throws Exception {
        String answer =
                fixture.exchange("CONNECT inside.test:80 HTTP/1.1\r\nHost: x\r\n" + fixture.credentials() + "\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 403 "), answer);
        assertTrue(answer.contains("rule special-address"), answer);
        assertTrue(answer.contains("10.1.2.3, which is private"), answer);
        assertEquals("10.1.2.3", fixture.attempt().address());
    }

    @Test
    void oneBadAddressAmongGoodOnesRefusesTheName() throws Exception {
        String answer =
                fixture.exchange("CONNECT mixed.test:81 HTTP/1.1\r\nHost: x\r\n" + fixture.credentials() + "\r\n");
        assertTrue(answer.contains("127.0.0.1, which is loopback"), answer);
        assertEquals(0, server.accepted());
    }

    @Test
    void aDeniedAddressIsRefusedBehindEveryName() throws Exception {
        String answer =
                fixture.exchange("CONNECT banned.test:443 HTTP/1.1\r\nHost: x\r\n" + fixture.credentials() + "\r\n");
        assertTrue(answer.contains("rule host-deny:8.8.4.4"), answer);
    }

    @Test
    void theNameIsLookedUpOnceAndTheCheckedAddressIsConnectedTo() throws Exception {
        fixture.tunnel("ok.test:" + server.port()).close();
        assertEquals(List.of("ok.test"), fixture.lookedUp);
        // The next one leads elsewhere, as after a rebinding, and is checked anew.
        fixture.names.put("ok.test", List.of(ProxyFixture.address("192.168.1.1")));
        String answer = fixture.exchange(
                "CONNECT ok.test:" + server.port() + " HTTP/1.1\r\nHost: x\r\n" + fixture.credentials() + "\r\n");
        assertTrue(answer.contains("192.168.1.1, which is private"), answer);
        ProxyFixture.await("the one connection", () -> server.accepted() > 0);
        assertEquals(1, server.accepted());
    }

    @Test
    void anUnknownNameIsAFailureAndNotADenial() throws Exception {
        String answer =
                fixture.exchange("CONNECT gone.test:443 HTTP/1.1\r\nHost: x\r\n" + fixture.credentials() + "\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 502 Bad Gateway\r\n"), answer);
        EgressAttempt attempt = fixture.attempt();
        assertTrue(attempt.allowed());
        assertEquals(EgressAttempt.Outcome.FAILED, attempt.outcome());
        assertEquals("The name cannot be resolved.", attempt.problem());
    }

    @Test
    void aClosedPortIsAFailure() throws Exception {
        String answer =
                fixture.exchange("CONNECT 127.0.0.2:1 HTTP/1.1\r\nHost: x\r\n" + fixture.credentials() + "\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 502 "), answer);
        assertEquals("127.0.0.2", fixture.attempt().address());
    }

    @Test
    void theProxyIsNoWayToItself() throws Exception {
        ProxyPass pass = fixture.admit("curious", "allow: [{host: 127.0.0.1}]");
        String answer = fixture.exchange("CONNECT 127.0.0.1:" + fixture.proxy.port() + " HTTP/1.1\r\nHost: x\r\n"
                + ProxyFixture.credentials(pass) + "\r\n");
        assertTrue(answer.contains("rule proxy-itself"), answer);
    }

    @Test
    void withoutCredentialsNothingGoesOut() throws Exception {
        for (String credentials : List.of(
                "",
                "Proxy-Authorization: Basic\r\n",
                "Proxy-Authorization: Basic !!!\r\n",
                "Proxy-Authorization: Bearer " + fixture.pass.secret() + "\r\n",
                ProxyFixture.credentials(new ProxyPass(1, fixture.pass.user(), "wrong")),
                ProxyFixture.credentials(new ProxyPass(1, "nobody", fixture.pass.secret())),
                fixture.credentials() + fixture.credentials())) {
            String answer = fixture.exchange(
                    "CONNECT ok.test:" + server.port() + " HTTP/1.1\r\nHost: x\r\n" + credentials + "\r\n");
            assertTrue(answer.startsWith("HTTP/1.1 407 "), credentials + answer);
            assertTrue(answer.contains("\r\nProxy-Authenticate: Basic realm=\"cordon\"\r\n"), answer);
        }
        assertEquals(7, fixture.proxy.strangers());
        assertEquals(List.of(), fixture.attempts);
        assertEquals(0, server.accepted());
    }

    @Test
    void credentialsEndWithTheRunAndTakeItsConnectionsAlong() throws Exception {
        Socket socket = fixture.tunnel("ok.test:" + server.port());
        fixture.proxy.end(ProxyFixture.RUN);
        assertEquals(-1, socket.getInputStream().read());
        assertEquals(EgressAttempt.Outcome.CUT, fixture.attempt().outcome());
        assertEquals("the run is over", fixture.attempt().problem());
        ProxyFixture.await("the summary", () -> !fixture.summaries.isEmpty());
        assertEquals(1, fixture.summaries.get(0).attempts());
        String answer = fixture.exchange(
                "CONNECT ok.test:" + server.port() + " HTTP/1.1\r\nHost: x\r\n" + fixture.credentials() + "\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 407 "), answer);
    }

    @Test
    void aRunHasNoMoreConnectionsThanItMay() throws Exception {
        again(limits(8, 1, AMPLE, AMPLE, 0));
        fixture.tunnel("ok.test:" + server.port());
        String answer = fixture.exchange(
                "CONNECT ok.test:" + server.port() + " HTTP/1.1\r\nHost: x\r\n" + fixture.credentials() + "\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 503 "), answer);
        assertTrue(answer.contains("rule too-many-connections"), answer);
    }

    @Test
    void thereAreNoMoreConnectionsThanMayBe() throws Exception {
        again(limits(2, 2, AMPLE, AMPLE, 0));
        fixture.connect();
        fixture.connect();
        ProxyFixture.await("both to be taken", () -> fixture.proxy.open() == 2);
        assertEquals(-1, fixture.connect().getInputStream().read());
    }

    @Test
    void aHeadThatTricklesIsCutOff() throws Exception {
        again(limits(Duration.ofMillis(300), AMPLE));
        Socket socket = fixture.connect();
        ProxyFixture.send(socket, "CONNECT ok.test");
        assertEquals(0, ProxyFixture.readQuietly(socket));
        ProxyFixture.await("the connection to be gone", () -> fixture.proxy.open() == 0);
    }

    @Test
    void anIdleTunnelIsClosed() throws Exception {
        again(limits(AMPLE, Duration.ofMillis(300)));
        Socket socket = fixture.tunnel("ok.test:" + server.port());
        assertEquals(-1, socket.getInputStream().read());
        assertEquals("idle for too long", fixture.attempt().problem());
        assertEquals(EgressAttempt.Outcome.CUT, fixture.attempt().outcome());
    }

    @Test
    void aHeadThatIsTooLargeIsRefused() throws Exception {
        again(limits(AMPLE, AMPLE));
        Socket socket = fixture.connect();
        OutputStream out = socket.getOutputStream();
        out.write(("GET http://ok.test/ HTTP/1.1\r\nX: " + "x".repeat(5000)).getBytes(StandardCharsets.US_ASCII));
        assertTrue(ProxyFixture.head(socket).startsWith("HTTP/1.1 431 "));
    }

    @Test
    void aRunSendsNoMoreThanItMay() throws Exception {
        again(limits(8, 8, AMPLE, AMPLE, 100_000));
        Socket socket = fixture.tunnel("ok.test:" + server.port());
        CompletableFuture.runAsync(() -> {
            try {
                socket.getOutputStream().write(new byte[8 << 20]);
            } catch (IOException e) {
                // Cut off, as it should be.
                assertNotNull(e.getMessage());
            }
        });
        EgressAttempt attempt = fixture.attempt();
        assertEquals(EgressAttempt.Outcome.CUT, attempt.outcome());
        assertTrue(attempt.bytesUp() < 4 << 20, attempt.toString());
    }

    @Test
    void whatIsNeitherHttpNorSocksIsClosed() throws Exception {
        for (String first : List.of("\u0016\u0003\u0001", "\u0004\u0001", "\0", "get / HTTP/1.1\r\n\r\n")) {
            assertEquals("", fixture.exchange(first));
        }
        assertEquals(List.of(), fixture.attempts);
    }
}
