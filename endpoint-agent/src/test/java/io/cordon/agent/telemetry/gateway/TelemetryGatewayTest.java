package io.cordon.agent.telemetry.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.os.MemorySenders;
import io.cordon.agent.os.SenderIdentity;
import io.cordon.agent.telemetry.MemorySpool;
import io.cordon.agent.telemetry.gateway.otlp.ReceiverLimits;
import io.cordon.agent.telemetry.gateway.otlp.RecordedExports;
import io.cordon.agent.testing.MutableClock;
import io.cordon.policy.model.AgentEvents;
import io.cordon.policy.model.ArgumentCapture;
import io.cordon.policy.model.Telemetry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TelemetryGatewayTest {
    private static final Telemetry ON = new Telemetry(ArgumentCapture.REDACTED, List.of(), 30, AgentEvents.SECURITY);

    private final MemorySenders senders = new MemorySenders();
    private final MemorySpool spool = new MemorySpool(10 << 20);
    private final MutableClock clock = new MutableClock();
    private Telemetry policy = Telemetry.DEFAULT;
    private final TelemetryGateway gateway = gateway(new GatewayPorts(0, 0));

    private TelemetryGateway gateway(GatewayPorts ports) {
        senders.set(GatewayRig.ADA);
        return gateway(ports, senders);
    }

    private TelemetryGateway gateway(GatewayPorts ports, SenderIdentity who) {
        return new TelemetryGateway(
                new TelemetryGateway.Parts(who, spool, () -> policy, GatewayRig.HOST, new byte[32], 10, clock),
                ports,
                ReceiverLimits.DEFAULT);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private int send(int port) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/logs"))
                .header("Content-Type", "application/x-protobuf")
                .POST(HttpRequest.BodyPublishers.ofByteArray(RecordedExports.bytes("codex", "logs.pb")))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    /** One of the two ports is HTTP's. */
    private int httpPort() throws Exception {
        for (int port : gateway.listening()) {
            try {
                send(port);
                return port;
            } catch (IOException e) {
                // the gRPC one
            }
        }
        throw new AssertionError("no HTTP port among " + gateway.listening());
    }

    @Test
    void listensOnlyWhilePolicyAsksForIt() {
        gateway.tick();
        assertEquals(List.of(), gateway.listening());
        policy = ON;
        gateway.tick();
        assertEquals(2, gateway.listening().size());
        policy = Telemetry.DEFAULT;
        gateway.tick();
        assertEquals(List.of(), gateway.listening());
        assertNull(gateway.problem());
    }

    @Test
    void acknowledgesOnlyWhatIsInTheSpool() throws Exception {
        policy = ON;
        gateway.tick();
        int port = httpPort();
        long before = spool.stats().records();
        assertTrue(before > 0);
        spool.setFull(true);
        assertEquals(503, send(port));
        assertEquals(before, spool.stats().records());
        assertNotNull(gateway.problem());
        spool.setFull(false);
        assertEquals(200, send(port));
        assertTrue(spool.stats().records() > before);
        assertNull(gateway.problem());
    }

    /** Exports are refused where senders cannot be told, so that is no health. */
    @Test
    void whereSendersCannotBeToldHealthSaysSo() {
        try (TelemetryGateway blind = gateway(new GatewayPorts(0, 0), SenderIdentity.none("no table of connections"))) {
            blind.tick();
            assertNull(blind.problem(), "nothing is taken yet");
            policy = ON;
            blind.tick();
            assertTrue(String.valueOf(blind.problem()).endsWith("no table of connections"));
            clock.advance(Duration.ofMinutes(2));
            blind.tick();
            assertTrue(String.valueOf(blind.problem()).contains("refused"));
            policy = Telemetry.DEFAULT;
            blind.tick();
            assertNull(blind.problem());
        }
    }

    @Test
    void aTakenPortIsSaidAndTriedAgain() throws Exception {
        policy = ON;
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            TelemetryGateway blocked = gateway(new GatewayPorts(0, other.getLocalPort()));
            blocked.tick();
            assertTrue(String.valueOf(blocked.problem()).contains("--otlp-grpc"));
            assertEquals(List.of(), blocked.listening());
            other.close();
            clock.advance(Duration.ofSeconds(31));
            blocked.tick();
            assertNull(blocked.problem());
            assertEquals(2, blocked.listening().size());
            blocked.close();
        }
    }
}
