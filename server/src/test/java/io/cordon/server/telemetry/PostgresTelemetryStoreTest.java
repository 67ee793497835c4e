package io.cordon.server.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.opentelemetry.proto.trace.v1.Span;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PostgresTelemetryStoreTest extends TelemetryStoreContract {
    @Inject
    DataSource database;

    @Inject
    TelemetryStore store;

    @Override
    TelemetryStore store() {
        return store;
    }

    @Test
    void concurrentWritersOfTheSameRowsStoreThemOnce() {
        UUID endpoint = UUID.randomUUID();
        Instant now = Instant.now();
        String trace = Spans.newTraceId();
        List<Span.Builder> spans = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            spans.add(Spans.run(trace, "s" + i % 7, "allow", now, "echo", "word " + i % 11));
        }
        TelemetryBatch forward = decode(endpoint, now, spans);
        java.util.Collections.reverse(spans);
        TelemetryBatch backward = decode(endpoint, now, spans);
        List<CompletableFuture<Void>> writers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            TelemetryBatch batch = i % 2 == 0 ? forward : backward;
            writers.add(CompletableFuture.runAsync(() -> store.append(batch)));
        }
        writers.forEach(CompletableFuture::join);
        assertEquals(200, store.trace(trace, 1000).size());
        SessionQuery query =
                new SessionQuery(null, endpoint, null, null, now.minusSeconds(60), now.plusSeconds(60), null, 10);
        assertEquals(
                200,
                store.sessions(query).stream().mapToLong(SessionSummary::runs).sum());
    }

    @Test
    void i7_aFailureInTheMiddleLeavesNothing() throws SQLException {
        UUID endpoint = UUID.randomUUID();
        String trace = Spans.newTraceId();
        Instant now = Instant.now();
        TelemetryBatch batch = decode(endpoint, now, List.of(Spans.run(trace, "s", "allow", now, "ls")));
        execute("ALTER TABLE session_summary RENAME TO session_summary_gone");
        try {
            assertThrows(TelemetryUnavailableException.class, () -> store.append(batch));
        } finally {
            execute("ALTER TABLE session_summary_gone RENAME TO session_summary");
        }
        assertTrue(store.trace(trace, 10).isEmpty());
        store.append(batch);
        assertEquals(1, store.trace(trace, 10).size());
    }

    @Test
    void anotherNodeMayDropADayThatThisOneKnows() throws SQLException {
        UUID endpoint = UUID.randomUUID();
        Instant now = Instant.now();
        Instant day = now.minus(Duration.ofDays(25));
        store.append(decode(endpoint, now, List.of(Spans.run(Spans.newTraceId(), "s", "allow", day, "ls"))));
        new PostgresTelemetryStore(database, InstantSource.system())
                .removeBefore(day.plus(Duration.ofDays(1)), Instant.EPOCH);
        String trace = Spans.newTraceId();
        store.append(decode(endpoint, now, List.of(Spans.run(trace, "s", "allow", day, "ls"))));
        assertEquals(1, store.trace(trace, 10).size());
    }

    @Test
    void runsOfAnEndpointAreReadFromTheirIndex() throws SQLException {
        UUID endpoint = UUID.randomUUID();
        Instant now = Instant.now();
        store.append(decode(endpoint, now, List.of(Spans.run(Spans.newTraceId(), "s", "allow", now, "ls"))));
        String plan = plan("SELECT * FROM span WHERE is_run AND endpoint_id = '" + endpoint
                + "' AND started_at >= now() - interval '1 day' AND started_at < now() + interval '1 minute'"
                + " ORDER BY started_at DESC, span_id DESC LIMIT 50");
        assertTrue(plan.contains("endpoint_id"), plan);
        assertTrue(plan.contains("Index"), plan);
    }

    private String plan(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET enable_seqscan = off");
            StringBuilder plan = new StringBuilder();
            try (ResultSet rows = statement.executeQuery("EXPLAIN " + sql)) {
                while (rows.next()) {
                    plan.append(rows.getString(1)).append('\n');
                }
            }
            statement.execute("RESET enable_seqscan");
            return plan.toString();
        }
    }

    private static TelemetryBatch decode(UUID endpoint, Instant now, List<Span.Builder> spans) {
        return SpanDecoder.decode(
                        Spans.request(Spans.attested(), spans.toArray(new Span.Builder[0])),
                        endpoint,
                        new RowTime(now, Duration.ofDays(30)))
                .batch();
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
