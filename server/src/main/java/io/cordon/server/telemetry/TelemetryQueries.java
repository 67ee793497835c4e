package io.cordon.server.telemetry;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** The reading side. Every query has a limit and a time after which the database is told to stop. */
final class TelemetryQueries {
    private static final int SECONDS = 10;

    private interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private final DataSource database;

    TelemetryQueries(DataSource database) {
        this.database = database;
    }

    List<SessionSummary> sessions(SessionQuery query) {
        StringBuilder sql = new StringBuilder("SELECT * FROM session_summary WHERE last_at >= ? AND last_at < ?");
        List<Object> arguments = new ArrayList<>(List.of(time(query.from()), time(query.to())));
        if (query.endpointId() != null) {
            sql.append(" AND endpoint_id = ?");
            arguments.add(query.endpointId());
        }
        if (query.user() != null) {
            sql.append(" AND user_name = ?");
            arguments.add(query.user());
        }
        if (query.text() != null) {
            sql.append(" AND concat_ws(E'\\n', session_id, user_name, hostname, agent) ILIKE ?");
            arguments.add("%" + query.text().replaceAll("([\\\\%_])", "\\\\$1") + "%");
        }
        if (query.decision() != null) {
            sql.append(
                    switch (query.decision()) {
                        case "deny" -> " AND denied > 0";
                        case "prompt" -> " AND prompted > 0";
                        case "allow" -> " AND runs > denied + prompted";
                        default -> " AND false";
                    });
        }
        SessionQuery.Position after = query.after();
        if (after != null) {
            sql.append(" AND (last_at, session_key) < (?, ?)");
            arguments.add(time(after.lastAt()));
            arguments.add(after.key());
        }
        sql.append(" ORDER BY last_at DESC, session_key DESC LIMIT ?");
        arguments.add(query.limit());
        return list(sql.toString(), arguments, TelemetryQueries::summary);
    }

    Optional<SessionSummary> session(UUID key) {
        return list("SELECT * FROM session_summary WHERE session_key = ?", List.of(key), TelemetryQueries::summary)
                .stream()
                .findAny();
    }

    List<SpanRecord> runs(RunQuery query) {
        StringBuilder sql = new StringBuilder("SELECT " + SpanRows.COLUMNS + " FROM span WHERE is_run");
        List<Object> arguments = new ArrayList<>();
        if (query.endpointId() != null) {
            sql.append(" AND endpoint_id = ?");
            arguments.add(query.endpointId());
        }
        if (query.sessionKey() != null) {
            sql.append(" AND session_key = ?");
            arguments.add(query.sessionKey());
        }
        sql.append(" AND started_at >= ? AND started_at < ?");
        arguments.add(time(query.from()));
        arguments.add(time(query.to()));
        RunQuery.Position after = query.after();
        if (after != null) {
            // the first condition bounds the partitions, the second places the page
            sql.append(" AND started_at <= ? AND (started_at, span_id) < (?, ?)");
            arguments.add(time(after.startedAt()));
            arguments.add(time(after.startedAt()));
            arguments.add(RowIds.span(after.spanId()));
        }
        sql.append(" ORDER BY started_at DESC, span_id DESC LIMIT ?");
        arguments.add(query.limit());
        return list(sql.toString(), arguments, SpanRows::read);
    }

    List<SpanRecord> trace(String traceId, int limit) {
        String sql = "SELECT " + SpanRows.COLUMNS
                + " FROM span WHERE trace_id = ? ORDER BY started_at, span_id, attested DESC LIMIT ?";
        return list(sql, List.of(RowIds.trace(traceId), limit), SpanRows::read);
    }

    Map<String, Long> refusedConnections(Collection<SpanRecord> runs) {
        Map<String, Long> found = new HashMap<>();
        if (runs.isEmpty()) {
            return found;
        }
        UUID[] traces =
                runs.stream().map(run -> RowIds.trace(run.traceId())).distinct().toArray(UUID[]::new);
        String[] ids = runs.stream()
                .map(run -> run.promoted().runId())
                .filter(Objects::nonNull)
                .toArray(String[]::new);
        Instant first =
                runs.stream().map(SpanRecord::startedAt).min(Instant::compareTo).orElseThrow();
        list(
                "SELECT run_id, count(*) FROM span WHERE trace_id = ANY (?) AND run_id = ANY (?) AND started_at >= ?"
                        + " AND attested AND name = '" + SpanRecord.EGRESS + "' AND decision = 'deny' GROUP BY run_id",
                List.of(traces, ids, time(first)),
                row -> found.put(row.getString(1), row.getLong(2)));
        return found;
    }

    List<LogEntry> logs(LogQuery query) {
        String sql = "SELECT " + LogRows.COLUMNS + " FROM log_record WHERE session_key = ? AND at >= ? AND at < ?"
                + " ORDER BY at DESC, record_hash DESC LIMIT ?";
        return list(
                sql, List.of(query.sessionKey(), time(query.from()), time(query.to()), query.limit()), LogRows::read);
    }

    List<AskQuery.Group> asks(AskQuery query) {
        List<Object> arguments = new ArrayList<>();
        String sql = AskRows.select(query, arguments);
        return list(sql, arguments, AskRows::read);
    }

    Map<String, byte[]> contents(Collection<String> hashes) {
        Map<String, byte[]> found = new HashMap<>();
        if (hashes.isEmpty()) {
            return found;
        }
        byte[][] keys = hashes.stream().map(HexFormat.of()::parseHex).toArray(byte[][]::new);
        list(
                "SELECT sha256, bytes FROM content_blob WHERE sha256 = ANY (?)",
                List.<Object>of((Object) keys),
                row -> found.put(HexFormat.of().formatHex(row.getBytes(1)), row.getBytes(2)));
        return found;
    }

    void deleteOld(Instant rowsBefore, Instant contentBefore) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement sessions =
                        connection.prepareStatement("DELETE FROM session_summary WHERE last_at < ?");
                PreparedStatement asks = connection.prepareStatement("DELETE FROM ask_tally WHERE hour < ?");
                PreparedStatement contents =
                        connection.prepareStatement("DELETE FROM content_blob WHERE last_used < ?")) {
            sessions.setObject(1, DayPartitions.day(rowsBefore).atStartOfDay().atOffset(ZoneOffset.UTC));
            sessions.executeUpdate();
            asks.setObject(1, DayPartitions.day(rowsBefore).atStartOfDay().atOffset(ZoneOffset.UTC));
            asks.executeUpdate();
            contents.setObject(1, DayPartitions.day(contentBefore));
            contents.executeUpdate();
        }
    }

    private <T> List<T> list(String sql, List<?> arguments, Reader<T> reader) {
        List<T> found = new ArrayList<>();
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setQueryTimeout(SECONDS);
            for (int i = 0; i < arguments.size(); i++) {
                Object argument = arguments.get(i);
                if (argument instanceof byte[][] array) {
                    statement.setArray(i + 1, connection.createArrayOf("bytea", array));
                } else if (argument instanceof UUID[] array) {
                    statement.setArray(i + 1, connection.createArrayOf("uuid", array));
                } else if (argument instanceof String[] array) {
                    statement.setArray(i + 1, connection.createArrayOf("text", array));
                } else {
                    statement.setObject(i + 1, argument);
                }
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(reader.read(rows));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new TelemetryUnavailableException("telemetry: the database does not answer", e);
        }
    }

    private static OffsetDateTime time(Instant at) {
        return OffsetDateTime.ofInstant(at, ZoneOffset.UTC);
    }

    private static SessionSummary summary(ResultSet row) throws SQLException {
        return new SessionSummary(
                new SessionRef(row.getObject("session_key", UUID.class), row.getString("session_id")),
                row.getObject("endpoint_id", UUID.class),
                row.getString("hostname"),
                row.getString("user_name"),
                row.getBoolean("user_attested"),
                row.getString("agent"),
                SpanRows.instant(row, "started_at"),
                SpanRows.instant(row, "last_at"),
                row.getLong("runs"),
                row.getLong("denied"),
                row.getLong("prompted"),
                row.getLong("failed"));
    }
}
