package io.cordon.server.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.server.TestClient;
import io.cordon.server.TestServer;
import io.cordon.server.enrollment.TestEndpoint;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** What one node holds of telemetry at once is bounded (O12): slow senders make others wait, not the server fall. */
@QuarkusTest
class InFlightTest {
    private static final int MEBI = 1 << 20;
    private static final int OVERLOADED = 503;

    @Inject
    TestServer server;

    @Inject
    TelemetryConfig config;

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

    /** A body of which all but the end is sent until the latch opens. */
    private static InputStream held(byte[] body, CountDownLatch end) {
        int most = body.length - 64;
        InputStream begin = new ByteArrayInputStream(body, 0, most);
        InputStream rest = new ByteArrayInputStream(body, most, body.length - most);
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                int read = begin.read(into, offset, length);
                if (read >= 0) {
                    return read;
                }
                try {
                    if (!end.await(60, TimeUnit.SECONDS)) {
                        throw new IOException("nobody let the body end");
                    }
                } catch (InterruptedException e) {
                    throw new InterruptedIOException();
                }
                return rest.read(into, offset, length);
            }
        };
    }

    private CompletableFuture<TestClient.Answer> send(TestClient client, InputStream body) {
        return client.with("Content-Encoding", "gzip")
                .sendAsync("POST", "/v1/traces", BodyPublishers.ofInputStream(() -> body), "application/x-protobuf");
    }

    @Test
    void o12_tellsSendersToComeBackWhileOthersFillTheBudget() throws Exception {
        TestClient endpoint =
                TestEndpoint.enrolled(server, "in-flight", "engineering").client();
        byte[] large = zeros(62);
        byte[] usual = zeros(62);
        assertEquals(128L * MEBI, config.inFlight().asLongValue());
        assertEquals(
                400,
                send(endpoint, new ByteArrayInputStream(usual))
                        .get(60, TimeUnit.SECONDS)
                        .status());

        CountDownLatch end = new CountDownLatch(1);
        List<CompletableFuture<TestClient.Answer>> slow = new ArrayList<>();
        TestClient.Answer refused;
        try {
            slow.add(send(endpoint, held(large, end)));
            slow.add(send(endpoint, held(large, end)));
            // as long as the server has not yet read what the slow ones sent, there is room
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
            do {
                // A head start: a usual one is quicker, and on a busy machine would take the room each time.
                Thread.sleep(300);
                refused = send(endpoint, new ByteArrayInputStream(usual)).get(60, TimeUnit.SECONDS);
                // It may be a slow one that found no room beside a usual one: it comes back, as it was told.
                slow.replaceAll(one -> one.isDone() ? send(endpoint, held(large, end)) : one);
            } while (refused.status() != OVERLOADED && System.nanoTime() < deadline);
        } finally {
            end.countDown();
        }
        assertEquals(OVERLOADED, refused.status());
        int seconds = Integer.parseInt(refused.header("Retry-After"));
        assertTrue(seconds >= 1 && seconds <= 10, seconds + " s");

        for (CompletableFuture<TestClient.Answer> one : slow) {
            assertEquals(400, one.get(60, TimeUnit.SECONDS).status(), "a slow sender is served to its end");
        }
        assertEquals(
                400,
                send(endpoint, new ByteArrayInputStream(usual))
                        .get(60, TimeUnit.SECONDS)
                        .status());
    }
}
