package io.cordon.server.telemetry;

import java.io.IOException;
import java.io.InputStream;
import java.sql.Array;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.postgresql.PGConnection;

/**
 * Writes one batch within the caller's transaction: binary COPY into a staging table of this connection, then an insert that
 * leaves out what is stored already, then the session summaries and the tallies of what was new. Everything is written in the
 * order of its key, so that concurrent batches wait for one another and never deadlock.
 */
final class BatchWriter {
    private record Identity(UUID endpoint, String trace, String span, boolean attested, Instant at) {}

    private record LogIdentity(UUID endpoint, String hash, Instant at) {}

    private final Connection connection;
    private final Instant receivedAt;

    BatchWriter(Connection connection, Instant receivedAt) {
        this.connection = connection;
        this.receivedAt = receivedAt;
    }

    void write(TelemetryBatch batch) throws SQLException, IOException {
        contents(batch);
        TelemetryBatch added = new TelemetryBatch(newSpans(batch.spans()), newLogs(batch.logs()), Map.of());
        summaries(SessionTally.of(added));
        AskRows.add(connection, AskTally.of(added.logs()));
    }

    private List<SpanRecord> newSpans(List<SpanRecord> spans) throws SQLException, IOException {
        if (spans.isEmpty()) {
            return List.of();
        }
        stage("span", SpanRows.COLUMNS, SpanRows.copy(spans, receivedAt));
        Set<Identity> inserted = new HashSet<>();
        String sql = "INSERT INTO span (" + SpanRows.COLUMNS + ") SELECT " + SpanRows.COLUMNS + " FROM span_stage"
                + " ORDER BY trace_id, span_id, endpoint_id, attested, started_at ON CONFLICT DO NOTHING"
                + " RETURNING trace_id, span_id, endpoint_id, attested, started_at";
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                inserted.add(new Identity(
                        rows.getObject(3, UUID.class),
                        RowIds.traceHex(rows.getObject(1, UUID.class)),
                        RowIds.spanHex(rows.getLong(2)),
                        rows.getBoolean(4),
                        SpanRows.instant(rows, "started_at")));
            }
        }
        // removing counts a span once even when the batch itself holds it twice
        return spans.stream()
                .filter(span -> inserted.remove(new Identity(
                        span.origin().endpointId(),
                        span.traceId(),
                        span.spanId(),
                        span.origin().attested(),
                        span.startedAt())))
                .toList();
    }

    private List<LogEntry> newLogs(List<LogEntry> logs) throws SQLException, IOException {
        if (logs.isEmpty()) {
            return List.of();
        }
        stage("log_record", LogRows.COLUMNS, LogRows.copy(logs, receivedAt));
        Set<LogIdentity> inserted = new HashSet<>();
        String sql = "INSERT INTO log_record (" + LogRows.COLUMNS + ") SELECT " + LogRows.COLUMNS
                + " FROM log_record_stage ORDER BY endpoint_id, at, record_hash ON CONFLICT DO NOTHING"
                + " RETURNING endpoint_id, at, record_hash";
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                inserted.add(new LogIdentity(
                        rows.getObject(1, UUID.class),
                        HexFormat.of().formatHex(rows.getBytes(3)),
                        SpanRows.instant(rows, "at")));
            }
        }
        return logs.stream()
                .filter(log -> inserted.remove(new LogIdentity(log.origin().endpointId(), log.hash(), log.at())))
                .toList();
    }

    private void stage(String table, String columns, InputStream rows) throws SQLException, IOException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TEMP TABLE IF NOT EXISTS " + table + "_stage (LIKE " + table + ") ON COMMIT DELETE ROWS");
        }
        connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY " + table + "_stage (" + columns + ") FROM STDIN (FORMAT binary)", rows);
    }

    private void contents(TelemetryBatch batch) throws SQLException {
        Map<String, LocalDate> used = new TreeMap<>();
        batch.spans()
                .forEach(span -> span.content()
                        .values()
                        .forEach(hash -> used.merge(hash, DayPartitions.day(span.startedAt()), BatchWriter::later)));
        batch.logs()
                .forEach(log -> log.content()
                        .values()
                        .forEach(hash -> used.merge(hash, DayPartitions.day(log.at()), BatchWriter::later)));
        List<byte[]> hashes = new ArrayList<>();
        List<byte[]> values = new ArrayList<>();
        List<Date> days = new ArrayList<>();
        used.forEach((hash, day) -> {
            byte[] value = batch.contents().get(hash);
            if (value != null) {
                hashes.add(HexFormat.of().parseHex(hash));
                values.add(value);
                days.add(Date.valueOf(day));
            }
        });
        if (hashes.isEmpty()) {
            return;
        }
        String sql = "INSERT INTO content_blob (sha256, bytes, last_used) SELECT * FROM unnest(?, ?, ?)"
                + " ON CONFLICT (sha256) DO UPDATE SET last_used = EXCLUDED.last_used"
                + " WHERE content_blob.last_used < EXCLUDED.last_used";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, array("bytea", hashes.toArray(new byte[0][])));
            statement.setArray(2, array("bytea", values.toArray(new byte[0][])));
            statement.setArray(3, array("date", days.toArray(new Date[0])));
            statement.executeUpdate();
        }
    }

    private Array array(String type, Object[] values) throws SQLException {
        return connection.createArrayOf(type, values);
    }

    private static LocalDate later(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }

    private void summaries(List<SessionSummary> sessions) throws SQLException {
        String sql = "INSERT INTO session_summary AS s (session_key, session_id, endpoint_id, hostname, user_name,"
                + " user_attested, agent, started_at, last_at, runs, denied, prompted, failed)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (session_key) DO UPDATE SET"
                + " hostname = COALESCE(s.hostname, EXCLUDED.hostname),"
                + " user_name = CASE WHEN EXCLUDED.user_attested AND NOT s.user_attested THEN EXCLUDED.user_name"
                + " ELSE COALESCE(s.user_name, EXCLUDED.user_name) END,"
                + " user_attested = s.user_attested OR EXCLUDED.user_attested,"
                + " agent = COALESCE(s.agent, EXCLUDED.agent),"
                + " started_at = LEAST(s.started_at, EXCLUDED.started_at),"
                + " last_at = GREATEST(s.last_at, EXCLUDED.last_at), runs = s.runs + EXCLUDED.runs,"
                + " denied = s.denied + EXCLUDED.denied, prompted = s.prompted + EXCLUDED.prompted,"
                + " failed = s.failed + EXCLUDED.failed";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (SessionSummary session : sessions) {
                statement.setObject(1, session.session().key());
                statement.setString(2, session.session().reported());
                statement.setObject(3, session.endpointId());
                statement.setString(4, session.hostname());
                statement.setString(5, session.user());
                statement.setBoolean(6, session.userAttested());
                statement.setString(7, session.agent());
                statement.setObject(8, OffsetDateTime.ofInstant(session.startedAt(), ZoneOffset.UTC));
                statement.setObject(9, OffsetDateTime.ofInstant(session.lastAt(), ZoneOffset.UTC));
                statement.setLong(10, session.runs());
                statement.setLong(11, session.denied());
                statement.setLong(12, session.prompted());
                statement.setLong(13, session.failed());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }
}
