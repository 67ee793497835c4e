package io.cordon.agent.egress;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Plain HTTP, SOCKS5, TLS in a tunnel, and the way through another proxy. */
class EgressProtocolsTest {
    private static final byte[] ALERT = {21, 3, 3, 0, 2, 2, 49};

    /** A loopback address of its own, so that port 443 is free there. */
    private final InetAddress own =
            ProxyFixture.address("127.77." + (1 + new Random().nextInt(250)) + "." + (1 + new Random().nextInt(250)));

    private final CompletableFuture<String> request = new CompletableFuture<>();
    private TestServer echo;
    private TestServer http;
    private TestServer tls;
    private ProxyFixture fixture;

    @BeforeEach
    void start() throws IOException {
        echo = TestServer.echo();
        http = new TestServer(socket -> {
            String head = ProxyFixture.head(socket);
            int body = head.contains("Content-Length: 5") ? 5 : 0;
            request.complete(head + new String(socket.getInputStream().readNBytes(body), StandardCharsets.US_ASCII));
            ProxyFixture.send(socket, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi");
        });
        tls = new TestServer(
                new InetSocketAddress(own, 443),
                socket -> socket.getInputStream().transferTo(socket.getOutputStream()));
        fixture = fixture(null);
    }

    private ProxyFixture fixture(@org.jspecify.annotations.Nullable UpstreamProxy upstream) throws IOException {
        ProxyFixture made = new ProxyFixture(
                "allow: [{host: echo.test}, {host: reads.test, methods: [GET]}, {host: tls.test}, {host: far.test},"
                        + " {host: inside.test}, {host: also.test}, {host: 127.0.0.1}, {host: \"" + own.getHostAddress()
                        + "\"}]",
                new EgressSettings(0, EgressLimits.DEFAULT, upstream));
        InetAddress loopback = ProxyFixture.address("127.0.0.1");
        made.names.put("echo.test", List.of(loopback));
        made.names.put("reads.test", List.of(loopback));
        made.names.put("tls.test", List.of(own));
        made.names.put("inside.test", List.of(ProxyFixture.address("10.1.1.1")));
        return made;
    }

    @AfterEach
    void stop() throws Exception {
        fixture.close();
        echo.close();
        http.close();
        tls.close();
    }

    private String served() throws Exception {
        try {
            return request.get(60, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    // --- plain HTTP

    @Test
    void aPlainRequestIsRewrittenAndItsQueryIsNotRecorded() throws Exception {
        String answer =
                fixture.exchange("POST http://ECHO.test:" + http.port() + "/a/b?token=x HTTP/1.1\r\nHost: echo.test:"
                        + http.port() + "\r\n" + fixture.credentials()
                        + "Content-Length: 5\r\nConnection: keep-alive\r\n\r\nhello"
                        + "GET http://evil.test/ HTTP/1.1\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 200 OK\r\n"), answer);
        assertEquals(
                "POST /a/b?token=x HTTP/1.1\r\nHost: echo.test:" + http.port()
                        + "\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello",
                served());
        EgressAttempt attempt = fixture.attempt();
        assertEquals("POST", attempt.method());
        assertEquals("/a/b", attempt.path());
        assertEquals(5, attempt.bytesUp());
        assertEquals(EgressAttempt.Outcome.COMPLETED, attempt.outcome());
    }

    @Test
    void methodsAreDecidedWhereTheyCanBeSeen() throws Exception {
        String host = "reads.test:" + http.port();
        String refused = fixture.exchange("POST http://" + host + "/ HTTP/1.1\r\nHost: " + host + "\r\n"
                + fixture.credentials() + "Content-Length: 0\r\n\r\n");
        assertTrue(refused.contains("rule method-not-allowed:reads.test GET"), refused);
        String tunnel =
                fixture.exchange("CONNECT " + host + " HTTP/1.1\r\nHost: x\r\n" + fixture.credentials() + "\r\n");
        assertTrue(tunnel.contains("rule method-not-allowed:reads.test GET"), tunnel);
        String allowed = fixture.exchange(
                "GET http://" + host + "/ HTTP/1.1\r\nHost: " + host + "\r\n" + fixture.credentials() + "\r\n");
        assertTrue(allowed.endsWith("\r\n\r\nhi"), allowed);
    }

    @Test
    void oddRequestsAreRefusedAndRecorded() throws Exception {
        String answer = fixture.exchange(
                "GET http://echo.test@10.0.0.1/ HTTP/1.1\r\nHost: echo.test\r\n" + fixture.credentials() + "\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 403 "), answer);
        assertTrue(answer.contains("rule invalid-host"), answer);
        assertEquals("invalid-host", fixture.attempt().rule());
        String host = fixture.exchange(
                "GET http://echo.test/ HTTP/1.1\r\nHost: other.test\r\n" + fixture.credentials() + "\r\n");
        assertTrue(host.contains("rule host-mismatch"), host);
        String smuggled = fixture.exchange("POST http://echo.test/ HTTP/1.1\r\nHost: echo.test\r\n"
                + fixture.credentials() + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n");
        assertTrue(smuggled.startsWith("HTTP/1.1 400 "), smuggled);
        assertEquals(List.of(), fixture.lookedUp);
    }

    // --- SOCKS5

    private byte[] signIn(String secret) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] user = fixture.pass.user().getBytes(StandardCharsets.US_ASCII);
        byte[] word = secret.getBytes(StandardCharsets.US_ASCII);
        out.writeBytes(new byte[] {5, 2, 0, 2, 1, (byte) user.length});
        out.writeBytes(user);
        out.write(word.length);
        out.writeBytes(word);
        return out.toByteArray();
    }

    private static byte[] domain(int command, String host, int port) {
        byte[] name = host.getBytes(StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {5, (byte) command, 0, 3, (byte) name.length});
        out.writeBytes(name);
        out.writeBytes(new byte[] {(byte) (port >> 8), (byte) port});
        return out.toByteArray();
    }

    private Socket socks(byte[] wish) throws IOException {
        Socket socket = fixture.connect();
        // Everything at once, as an impatient client does it.
        socket.getOutputStream().write(signIn(fixture.pass.secret()));
        socket.getOutputStream().write(wish);
        assertArrayEquals(new byte[] {5, 2, 1, 0}, socket.getInputStream().readNBytes(4));
        return socket;
    }

    private static String reply(Socket socket) throws IOException {
        return HexFormat.of().formatHex(socket.getInputStream().readNBytes(10)).substring(0, 4);
    }

    @Test
    void socksCarriesNamesAndAddresses() throws Exception {
        byte[] address = {5, 1, 0, 1, 127, 0, 0, 1, (byte) (echo.port() >> 8), (byte) echo.port()};
        byte[] mapped = new byte[22];
        System.arraycopy(new byte[] {5, 1, 0, 4}, 0, mapped, 0, 4);
        System.arraycopy(
                new byte[] {-1, -1, 127, 0, 0, 1, (byte) (echo.port() >> 8), (byte) echo.port()}, 0, mapped, 14, 8);
        for (byte[] wish : List.of(domain(1, "echo.test", echo.port()), address, mapped)) {
            Socket socket = socks(wish);
            assertEquals("0500", reply(socket));
            ProxyFixture.send(socket, "ping");
            assertEquals("ping", new String(socket.getInputStream().readNBytes(4), StandardCharsets.US_ASCII));
            socket.close();
        }
        ProxyFixture.await("three attempts", () -> fixture.attempts.size() == 3);
        assertTrue(fixture.attempts.stream().allMatch(each -> each.protocol().equals("socks5") && each.allowed()));
    }

    @Test
    void socksRefusesInItsOwnForm() throws Exception {
        assertEquals("0502", reply(socks(domain(1, "denied.test", 80))));
        assertEquals("0502", reply(socks(domain(1, "echo.test\0.evil.test", 80))));
        assertEquals("0502", reply(socks(domain(1, "echo.test\r\n", 80))));
        assertEquals("0502", reply(socks(domain(1, "inside.test", 80))));
        assertEquals(
                "0502", reply(socks(new byte[] {5, 1, 0, 1, (byte) 169, (byte) 254, (byte) 169, (byte) 254, 0, 80})));
        assertEquals("0507", reply(socks(domain(2, "echo.test", 80))));
        assertEquals("0508", reply(socks(new byte[] {5, 1, 0, 9, 0, 0, 0, 0, 0, 0})));
        assertEquals("0504", reply(socks(domain(1, "far.test", 80))));
        assertEquals(List.of("inside.test", "far.test"), fixture.lookedUp);
    }

    @Test
    void socksNeedsCredentials() throws Exception {
        Socket anonymous = fixture.connect();
        anonymous.getOutputStream().write(new byte[] {5, 1, 0});
        assertArrayEquals(new byte[] {5, -1}, anonymous.getInputStream().readAllBytes());
        Socket wrong = fixture.connect();
        wrong.getOutputStream().write(signIn("wrong"));
        assertArrayEquals(new byte[] {5, 2, 1, 1}, wrong.getInputStream().readAllBytes());
    }

    // --- carried by a relay that says whose connection it is

    private Socket carried(String line) throws IOException {
        Socket socket = fixture.connect();
        ProxyFixture.send(socket, line);
        return socket;
    }

    @Test
    void whatIsAnnouncedNeedsNotSignIn() throws Exception {
        Socket tunnel =
                carried(fixture.pass.hello() + "CONNECT echo.test:" + echo.port() + " HTTP/1.1\r\nHost: x\r\n\r\n");
        assertEquals("HTTP/1.1 200 Connection established\r\n\r\n", ProxyFixture.head(tunnel));
        Socket socks = carried(fixture.pass.hello());
        socks.getOutputStream().write(new byte[] {5, 1, 0});
        assertArrayEquals(new byte[] {5, 0}, socks.getInputStream().readNBytes(2));
        socks.getOutputStream().write(domain(1, "denied.test", 80));
        assertEquals("0502", reply(socks));
        assertEquals(ProxyFixture.RUN, fixture.attempt().runId());
    }

    @Test
    void anAnnouncementIsNoMoreThanItsCredentials() throws Exception {
        String wish = "CONNECT echo.test:" + echo.port() + " HTTP/1.1\r\nHost: x\r\n";
        for (String line :
                List.of("cordon x y\n", "cordon " + fixture.pass.user() + " wrong\n", "cordon\n", "c".repeat(300))) {
            Socket socket = carried(line + wish + "\r\n");
            assertEquals(0, ProxyFixture.readQuietly(socket), line);
        }
        // Credentials that are shown count, whatever was announced.
        Socket other = carried(fixture.pass.hello() + wish + "Proxy-Authorization: Basic eDp5\r\n\r\n");
        assertTrue(ProxyFixture.head(other).startsWith("HTTP/1.1 407 "));
        fixture.proxy.end(ProxyFixture.RUN);
        assertEquals(0, ProxyFixture.readQuietly(carried(fixture.pass.hello() + wish + "\r\n")));
        assertEquals(0, echo.accepted());
    }

    // --- TLS in a tunnel

    private byte[] through(String authority, byte[] first) throws IOException {
        Socket socket = fixture.tunnel(authority);
        socket.getOutputStream().write(first);
        return socket.getInputStream().readNBytes(first.length);
    }

    @Test
    void aHelloThatAgreesArrivesAsItWas() throws Exception {
        byte[] hello = ClientHelloTest.real("TLS.test");
        assertArrayEquals(hello, through("tls.test:443", hello));
        byte[] fragments = ClientHelloTest.made(17, ClientHelloTest.name("tls.test"));
        assertArrayEquals(fragments, through("tls.test:443", fragments));
        byte[] nameless = ClientHelloTest.real("");
        assertArrayEquals(nameless, through(own.getHostAddress() + ":443", nameless));
        byte[] allowedBesideAnAddress = ClientHelloTest.real("also.test");
        assertArrayEquals(allowedBesideAnAddress, through(own.getHostAddress() + ":443", allowedBesideAnAddress));
    }

    private void stopped(String authority, byte[] first, String rule, byte[] lastWord) throws IOException {
        int before = fixture.attempts.size();
        Socket socket = fixture.tunnel(authority);
        socket.getOutputStream().write(first);
        assertArrayEquals(lastWord, socket.getInputStream().readAllBytes(), rule);
        ProxyFixture.await(rule, () -> fixture.attempts.size() > before);
        EgressAttempt attempt = fixture.attempts.get(before);
        assertEquals(rule, attempt.rule());
        assertFalse(attempt.allowed());
        assertEquals(0, attempt.bytesUp());
    }

    @Test
    void aHelloThatDoesNotAgreeGoesNowhere() throws Exception {
        stopped("tls.test:443", ClientHelloTest.real("evil.test"), "server-name-mismatch", ALERT);
        stopped("tls.test:443", ClientHelloTest.real(""), "no-server-name", ALERT);
        stopped(own.getHostAddress() + ":443", ClientHelloTest.real("evil.test"), "server-name-mismatch", ALERT);
        stopped(
                "tls.test:443",
                ClientHelloTest.made(4000, ClientHelloTest.name("tls.test"), ClientHelloTest.name("evil.test")),
                "malformed-tls",
                ALERT);
        stopped(
                "tls.test:443",
                ClientHelloTest.made(4000, ClientHelloTest.name("tls.test\0.evil.test")),
                "server-name-mismatch",
                ALERT);
        stopped("tls.test:443", "SSH-2.0-x\r\n".getBytes(StandardCharsets.US_ASCII), "not-tls", new byte[0]);
        stopped("echo.test:" + echo.port(), ClientHelloTest.real("evil.test"), "server-name-mismatch", ALERT);
    }

    @Test
    void otherProtocolsPassOnOtherPorts() throws Exception {
        byte[] ssh = "SSH-2.0-x\r\n".getBytes(StandardCharsets.US_ASCII);
        assertArrayEquals(ssh, through("echo.test:" + echo.port(), ssh));
    }

    // --- through another proxy

    @Test
    void aTunnelThroughTheUpstreamProxyNamesTheHostAndSignsIn() throws Exception {
        TestServer upstream = new TestServer(socket -> {
            request.complete(ProxyFixture.head(socket));
            ProxyFixture.send(socket, "HTTP/1.1 200 OK\r\nX: y\r\n\r\nSSH-2.0-server\r\n");
            socket.getInputStream().read();
        });
        fixture.close();
        fixture = fixture(new UpstreamProxy("127.0.0.1", upstream.port(), "me", "pass word", List.of()));
        Socket socket = fixture.tunnel("far.test:22");
        assertEquals(
                "SSH-2.0-server\r\n", new String(socket.getInputStream().readNBytes(16), StandardCharsets.US_ASCII));
        assertEquals(
                "CONNECT far.test:22 HTTP/1.1\r\nHost: far.test:22\r\nProxy-Authorization: Basic bWU6cGFzcyB3b3Jk\r\n\r\n",
                served());
        upstream.close();
    }

    @Test
    void aNameThatLeadsInsideIsRefusedBeforeTheUpstreamProxyIsAsked() throws Exception {
        TestServer upstream = TestServer.echo();
        fixture.close();
        fixture = fixture(new UpstreamProxy("127.0.0.1", upstream.port(), null, null, List.of()));
        String answer =
                fixture.exchange("CONNECT inside.test:443 HTTP/1.1\r\nHost: x\r\n" + fixture.credentials() + "\r\n");
        assertTrue(answer.contains("10.1.1.1, which is private"), answer);
        assertEquals(0, upstream.accepted());
        upstream.close();
    }

    @Test
    void plainHttpThroughTheUpstreamProxyKeepsItsUrl() throws Exception {
        fixture.close();
        fixture = fixture(new UpstreamProxy("127.0.0.1", http.port(), "me", "x", List.of()));
        String answer = fixture.exchange(
                "GET http://far.test/p?q HTTP/1.1\r\nHost: far.test\r\n" + fixture.credentials() + "\r\n");
        assertTrue(answer.endsWith("hi"), answer);
        assertEquals(
                "GET http://far.test/p?q HTTP/1.1\r\nHost: far.test\r\nProxy-Authorization: Basic bWU6eA==\r\nConnection: close\r\n\r\n",
                served());
    }

    @Test
    void whatTheUpstreamProxyRefusesIsAFailureWithItsStatus() throws Exception {
        TestServer upstream = new TestServer(socket -> {
            ProxyFixture.head(socket);
            ProxyFixture.send(socket, "HTTP/1.1 407 Sign in\r\n\r\n");
        });
        fixture.close();
        fixture = fixture(new UpstreamProxy("127.0.0.1", upstream.port(), null, null, List.of()));
        String answer =
                fixture.exchange("CONNECT far.test:22 HTTP/1.1\r\nHost: x\r\n" + fixture.credentials() + "\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 502 "), answer);
        assertEquals(
                "The server cannot be reached: the upstream proxy answered with status 407.",
                fixture.attempt().problem());
        upstream.close();
    }

    @Test
    void directHostsDoNotUseTheUpstreamProxy() throws Exception {
        fixture.close();
        fixture = fixture(new UpstreamProxy(
                "127.0.0.1", 1, null, null, List.of(new io.cordon.policy.model.HostPattern("*.test"))));
        byte[] bytes = "SSH-2.0-x".getBytes(StandardCharsets.US_ASCII);
        assertArrayEquals(bytes, through("echo.test:" + echo.port(), bytes));
    }

    @Test
    void whatACarriedRunSaysIsRecordedAlsoWhenNobodyCanReadIt() throws Exception {
        List<String> odd = List.of(
                "CONNECT a.test\0.evil.test:443 HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET http://a.test/ HTTP/1.1\r\nHost: a.test\r\n X: folded\r\n\r\n",
                "GET http://a.test/ HTTP/1.1\r\nX: " + "y".repeat(20 << 10),
                "CONNECT a.test:443 HTTP/1.1\r\nProxy-Authorization: Basic eDp5\r\n\r\n",
                "\u0016\u0003\u0001");
        for (int i = 0; i < odd.size(); i++) {
            int before = i;
            carried(fixture.pass.hello() + odd.get(i));
            ProxyFixture.await("attempt " + i, () -> fixture.attempts.size() > before);
            EgressAttempt attempt = fixture.attempts.get(i);
            assertFalse(attempt.allowed(), odd.get(i));
            assertEquals(EgressAttempt.Outcome.DENIED, attempt.outcome());
        }
        assertEquals(0, fixture.proxy.strangers());
    }
}
