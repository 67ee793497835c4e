package io.cordon.server.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.server.TestClient;
import io.cordon.server.TestServer;
import io.cordon.server.enrollment.TestEndpoint;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** What one node holds of telemetry at once is bounded (O12): slow senders make others wait, not the server fall. */
@QuarkusTest
class InFlightTest {
    private static final int MEBI = 1 << 20;

    @Inject
    TestServer server;

    @Inject
    TelemetryConfig config;

    @Inject
    MeterRegistry meters;

    /** Compressed zeros: no OTLP request, so that each is answered 400 once it is read whole. */
    private static byte[] zeros(int mebibytes) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            for (int i = 0; i < mebibytes; i++) {
                out.write(new byte[MEBI]);
            }
        }
        return bytes.toByteArray();
    }

    /** A body of which all but the end is sent, and the end when it is let go. */
    private static final class Slow extends SubmissionPublisher<ByteBuffer> {
        private static final int END = 64;

        private final byte[] body;

        Slow(byte[] body) {
            this.body = body;
        }

        @Override
        public void subscribe(Flow.Subscriber<? super ByteBuffer> sender) {
            super.subscribe(sender);
            submit(ByteBuffer.wrap(body, 0, body.length - END));
        }

        void letGo() {
            submit(ByteBuffer.wrap(body, body.length - END, END));
            close();
        }
    }

    /** Until the server has read what the slow ones sent: as long as it has not, there is room. */
    private void awaitHeld(long bytes) {
        Gauge held = meters.get("cordon.telemetry.in.flight.bytes").gauge();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (held.value() < bytes) {
            assertTrue(System.nanoTime() < end, () -> "held after 60 s: " + held.value());
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    private static CompletableFuture<TestClient.Answer> send(TestClient client, BodyPublisher body) {
        return client.with("Content-Encoding", "gzip").sendAsync("POST", "/v1/traces", body, "application/x-protobuf");
    }

    private static int status(TestClient client, byte[] body) throws Exception {
        return send(client, BodyPublishers.ofByteArray(body))
                .get(60, TimeUnit.SECONDS)
                .status();
    }

    @Test
    void o12_tellsSendersToComeBackWhileOthersFillTheBudget() throws Exception {
        TestClient endpoint =
                TestEndpoint.enrolled(server, "in-flight", "engineering").client();
        byte[] body = zeros(62);
        assertEquals(128L * MEBI, config.inFlight().asLongValue());
        assertEquals(400, status(endpoint, body));

        List<Slow> slow = List.of(new Slow(body), new Slow(body));
        List<CompletableFuture<TestClient.Answer>> served = slow.stream()
                .map(each -> send(endpoint, BodyPublishers.fromPublisher(each)))
                .toList();
        awaitHeld(2 * 61L * MEBI);
        TestClient.Answer refused =
                send(endpoint, BodyPublishers.ofByteArray(body)).get(60, TimeUnit.SECONDS);
        assertEquals(503, refused.status());
        int seconds = Integer.parseInt(refused.header("Retry-After"));
        assertTrue(seconds >= 1 && seconds <= 10, seconds + " s");

        slow.forEach(Slow::letGo);
        for (CompletableFuture<TestClient.Answer> one : served) {
            assertEquals(400, one.get(60, TimeUnit.SECONDS).status(), "a slow sender is served to its end");
        }
        assertEquals(400, status(endpoint, body));
    }
}
