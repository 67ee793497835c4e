package io.cordon.agent.telemetry.upload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import io.cordon.agent.enrollment.EnrollmentDesk;
import io.cordon.agent.enrollment.IdentityStore;
import io.cordon.agent.enrollment.ServerConnection;
import io.cordon.agent.enrollment.TimeLimits;
import io.cordon.agent.sync.Pause;
import io.cordon.agent.telemetry.MemorySpool;
import io.cordon.agent.testing.FleetServer;
import io.cordon.agent.testing.MutableClock;
import io.cordon.agent.testing.RecordedPause;
import io.cordon.agent.testing.TestAuthority;
import io.cordon.agent.testing.TestSecrets;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OtlpUploaderTest {
    private final TestAuthority authority = new TestAuthority("fleet");
    private final FleetServer server;
    private final MutableClock clock = new MutableClock();
    private final MemorySpool spool = new MemorySpool(10 << 20);
    private final RecordedPause failurePause = new RecordedPause();
    private final Pause appended = new Pause();
    private final Quarantine quarantine;
    private final OtlpUploader uploader;
    private final List<String> stored = new CopyOnWriteArrayList<>();
    private final Path folder;

    OtlpUploaderTest(@TempDir Path folder) throws Exception {
        this.folder = folder.resolve("quarantine");
        server = new FleetServer(authority).on(Destination.TRACES.path(), this::store);
        quarantine = new Quarantine(this.folder);
        ServerConnection connection = new ServerConnection(
                EnrollmentDesk.enrolled(server, authority, new IdentityStore(new TestSecrets())),
                TimeLimits.standard(),
                clock);
        uploader = new OtlpUploader(
                Destination.TRACES, connection, spool, quarantine, clock, new Random(2), appended, failurePause);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static byte[] record(String name) {
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder()
                        .addScopeSpans(ScopeSpans.newBuilder()
                                .addSpans(Span.newBuilder().setName(name))))
                .build()
                .toByteArray();
    }

    private static List<String> names(HttpExchange exchange) throws IOException {
        assertEquals("gzip", exchange.getRequestHeaders().getFirst("Content-Encoding"));
        return ExportTraceServiceRequest.parseFrom(new GZIPInputStream(exchange.getRequestBody()).readAllBytes())
                .getResourceSpansList()
                .stream()
                .map(each -> each.getScopeSpans(0).getSpans(0).getName())
                .toList();
    }

    private void store(HttpExchange exchange) throws IOException {
        assertTrue(FleetServer.client(exchange).isPresent(), "only a known endpoint uploads");
        stored.addAll(names(exchange));
        FleetServer.reply(exchange, 200, "application/x-protobuf", new byte[0]);
    }

    @Test
    void oldestFirstAndOnlyAcknowledgedByTheServerIsGone() throws Exception {
        for (int i = 0; i < 600; i++) {
            spool.append(record("run-" + i));
        }
        assertTrue(uploader.step().isEmpty());
        assertEquals(600, stored.size());
        assertEquals("run-0", stored.get(0));
        assertEquals("run-599", stored.get(599));
        assertEquals(0, spool.stats().records());
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 408, 429, 500, 502, 503, 504})
    void recordsWaitWhileTheServerCannotTakeThem(int status) throws Exception {
        spool.append(record("kept"));
        server.on(Destination.TRACES.path(), exchange -> FleetServer.problem(exchange, status, "no.reason"));
        assertTrue(uploader.step().isPresent());
        assertEquals(1, spool.stats().records());
        assertTrue(String.valueOf(uploader.problem()).contains(String.valueOf(status)));
        assertEquals(0, quarantine.taken());
        server.on(Destination.TRACES.path(), this::store);
        assertTrue(uploader.step().isEmpty());
        assertEquals(List.of("kept"), stored);
        assertEquals(null, uploader.problem());
    }

    @Test
    void brokenConnectionLosesNothing() throws Exception {
        spool.append(record("kept"));
        server.on(Destination.TRACES.path(), HttpExchange::close);
        assertTrue(uploader.step().isPresent());
        assertEquals(1, spool.stats().records());
    }

    @Test
    void retryAfterIsHonouredAndNeverBeyondFiveMinutes() throws Exception {
        spool.append(record("kept"));
        server.on(Destination.TRACES.path(), exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "90");
            FleetServer.problem(exchange, 503, "platform.internal");
        });
        assertTrue(uploader.step().orElseThrow().compareTo(Duration.ofSeconds(90)) >= 0);
        server.on(Destination.TRACES.path(), exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "86400");
            FleetServer.problem(exchange, 503, "platform.internal");
        });
        assertTrue(uploader.step().orElseThrow().compareTo(Duration.ofMinutes(5)) <= 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413, 422})
    void onlyTheRecordAtFaultIsPutAside(int status) throws Exception {
        for (String name : List.of("one", "poison", "two")) {
            spool.append(record(name));
        }
        server.on(Destination.TRACES.path(), exchange -> {
            List<String> names = names(exchange);
            if (names.contains("poison")) {
                FleetServer.problem(exchange, status, "telemetry.undecodable");
            } else {
                stored.addAll(names);
                FleetServer.reply(exchange, 200, "application/x-protobuf", new byte[0]);
            }
        });
        assertTrue(uploader.step().isEmpty());
        assertEquals(List.of("one", "two"), stored);
        assertEquals(0, spool.stats().records());
        assertEquals(1, quarantine.taken());
        try (var files = Files.list(folder)) {
            Path only = files.findFirst().orElseThrow();
            assertTrue(
                    new String(Files.readAllBytes(only), java.nio.charset.StandardCharsets.UTF_8).contains("poison"));
        }
    }

    @Test
    void quarantineIsBoundedAndOutlivesARestart() throws Exception {
        for (int i = 0; i < Quarantine.MOST_FILES + 5; i++) {
            quarantine.take(record("r" + i), "400");
        }
        assertEquals(5, quarantine.dropped());
        new Quarantine(folder).take(record("later"), "400");
        try (var files = Files.list(folder)) {
            assertEquals(Quarantine.MOST_FILES, files.count());
        }
    }

    @Test
    void partialSuccessCountsAndIsNotRepeated() throws Exception {
        spool.append(record("odd"));
        byte[] partial = ExportTraceServiceResponse.newBuilder()
                .setPartialSuccess(ExportTracePartialSuccess.newBuilder()
                        .setRejectedSpans(1)
                        .setErrorMessage("no name"))
                .build()
                .toByteArray();
        server.on(
                Destination.TRACES.path(),
                exchange -> FleetServer.reply(exchange, 200, "application/x-protobuf", partial));
        assertTrue(uploader.step().isEmpty());
        assertEquals(1, uploader.rejected());
        assertEquals(0, spool.stats().records());
    }

    @Test
    void newRecordGoesAtOnce() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        server.on(Destination.TRACES.path(), exchange -> {
            store(exchange);
            arrived.countDown();
        });
        Thread loop = new Thread(uploader::run);
        loop.start();
        try {
            new WakingSpool(spool, appended::wake).append(record("now"));
            assertTrue(arrived.await(60, TimeUnit.SECONDS));
        } finally {
            loop.interrupt();
            loop.join(60_000);
            assertFalse(loop.isAlive());
        }
    }

    @Test
    void flushEndsWithItsTime() throws Exception {
        spool.append(record("late"));
        uploader.flush(clock.instant().minusSeconds(1));
        assertEquals(1, spool.stats().records());
        uploader.flush(clock.instant().plusSeconds(5));
        assertEquals(0, spool.stats().records());
    }
}
