package io.cordon.agent.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.cordon.agent.broker.EnforcementRig.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Network mode proxy, for real: a confined user behind the proxy and nothing else. Runs as root; fails without. */
class LinuxEgressTest {
    private static EnforcementRig rig;
    private static HttpServer server;
    private static int port;

    @BeforeAll
    static void start() throws IOException {
        rig = new EnforcementRig();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        port = server.getAddress().getPort();
        server.createContext("/", exchange -> {
            byte[] answer = (exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                            + exchange.getRequestHeaders().containsKey("Proxy-Authorization"))
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        rig.names.put("allowed.test", InetAddress.getLoopbackAddress());
        rig.names.put("inside.test", InetAddress.getByAddress(new byte[] {10, 1, 2, 3}));
    }

    @AfterAll
    static void stop() throws IOException {
        server.stop(0);
        rig.close();
    }

    @BeforeEach
    void proxyPolicy() {
        rig.policies.replace(Policies.resolve(Policies.USUAL.replace(
                "network: {mode: offline}",
                "network: {mode: proxy, allow: [{host: allowed.test, ports: [" + port + "]}, {host: 127.0.0.1, ports: ["
                        + port + "]}, {host: inside.test}]}")));
    }

    private static List<Map<String, Object>> attemptsOfLastRun(int count) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        try {
            Object trace = rig.lastRecord().get("traceId");
            while (true) {
                List<Map<String, Object>> found = Records.egress(rig.spool).stream()
                        .filter(each -> trace.equals(each.get("traceId")))
                        .toList();
                boolean complete = found.size() == count + 1
                        && "cordon.egress.summary".equals(found.get(count).get("name"));
                if (complete) {
                    return found.subList(0, count);
                }
                assertTrue(System.nanoTime() < until, "recorded so far: " + found);
                Thread.onSpinWait();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void anAllowedHostIsReachedAndTheAttemptIsInTheTraceOfTheRun() throws IOException {
        Result result = rig.run("curl -sS http://allowed.test:" + port + "/path?query=x");
        assertEquals(new Result(0, "GET /path?query=x false", ""), result);
        Map<String, Object> attempt = attemptsOfLastRun(1).get(0);
        assertEquals("allow", attempt.get("cordon.decision"));
        assertEquals("allowed.test", attempt.get("server.address"));
        assertEquals("127.0.0.1", attempt.get("network.peer.address"));
        assertEquals("GET", attempt.get("http.request.method"));
        assertEquals("/path", attempt.get("url.path"));
        assertEquals("completed", attempt.get("cordon.outcome"));
        assertEquals(rig.lastRecord().get("cordon.run.id"), attempt.get("cordon.run.id"));
    }

    @Test
    void pythonAndTunnelsGoTheSameWay() throws IOException {
        Result tunnel = rig.run("curl -sS --proxytunnel http://allowed.test:" + port + "/t");
        assertEquals("GET /t false", tunnel.out(), tunnel.err());
        assertEquals("connect", attemptsOfLastRun(1).get(0).get("cordon.egress.protocol"));
        Result python =
                rig.run("/usr/bin/python3 -c 'import urllib.request as u; print(u.urlopen(\"http://allowed.test:" + port
                        + "/p\").read().decode())'");
        assertEquals("GET /p false\n", python.out(), python.err());
        Result socks =
                rig.run("curl -sS --proxy \"socks5h://${HTTP_PROXY#http://}\" http://allowed.test:" + port + "/s");
        assertEquals("GET /s false", socks.out(), socks.err());
        assertEquals("socks5", attemptsOfLastRun(1).get(0).get("cordon.egress.protocol"));
    }

    @Test
    void aDeniedHostFailsWithTheReasonAndIsRecorded() throws IOException {
        Result result = rig.run("curl -sS http://denied.test/");
        assertEquals(
                "cordon: denied by rule host-not-allowed (policy test v4): It is not on the list of allowed hosts."
                        + " Ask ask@example.com.\n",
                result.out());
        Map<String, Object> attempt = attemptsOfLastRun(1).get(0);
        assertEquals("deny", attempt.get("cordon.decision"));
        assertEquals("denied.test", attempt.get("server.address"));
        assertEquals("denied", attempt.get("cordon.outcome"));
    }

    @Test
    void anAllowedNameThatLeadsInsideIsRefused() throws IOException {
        Result result = rig.run("curl -sS http://inside.test/");
        assertTrue(result.out().contains("10.1.2.3, which is private"), result.toString());
    }

    @Test
    void aProgramThatIgnoresTheVariablesReachesNothing() throws IOException {
        for (String attempt : List.of(
                "curl -sS --noproxy '*' -m 5 http://127.0.0.1:" + port + "/",
                "curl -sS --noproxy '*' -m 5 http://allowed.test:" + port + "/",
                "bash -c 'exec 3<>/dev/tcp/127.0.0.1/" + port + "'",
                "bash -c 'exec 3<>/dev/tcp/1.1.1.1/443'",
                "bash -c 'echo x > /dev/udp/1.1.1.1/53'",
                "getent hosts example.com")) {
            assertNotEquals(0, rig.run(attempt).exit(), attempt);
        }
        assertEquals(
                "lo\n",
                rig.run("sed -n 's/^ *\\([a-z0-9]*\\):.*/\\1/p' /proc/net/dev").out());
    }

    @Test
    void credentialsOfARunAreNoGoodAfterIt() throws IOException {
        Result first = rig.run("echo $HTTP_PROXY");
        Result second = rig.run("curl -sS -o /dev/null -w '%{http_code}' -x "
                + first.out().strip() + " http://allowed.test:" + port + "/");
        assertEquals("407", second.out());
        Result own = rig.run("curl -sS -o /dev/null -w '%{http_code}' http://allowed.test:" + port + "/");
        assertEquals("200", own.out());
    }

    @Test
    void statusAndExplainSayWhatHolds() throws IOException {
        Result status = EnforcementRig.finish(rig.cordon(Map.of(), "status"), "");
        assertTrue(status.out().contains("network      proxy"), status.out());
        assertTrue(!status.out().contains("offline"), status.out());
        Result allowed = EnforcementRig.finish(rig.cordon(Map.of(), "explain", "host", "allowed.test:" + port), "");
        assertTrue(allowed.out().startsWith("allow  allowed.test:" + port), allowed.toString());
        assertTrue(allowed.out().contains("policies/test.yaml line"), allowed.toString());
        Result denied = EnforcementRig.finish(rig.cordon(Map.of(), "explain", "host", "denied.test"), "");
        assertTrue(denied.out().contains("host-not-allowed"), denied.toString());
    }
}
