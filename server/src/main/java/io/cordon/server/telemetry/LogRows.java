package io.cordon.server.telemetry;

import java.io.IOException;
import java.io.InputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/** Log records as rows of table {@code log_record}. */
final class LogRows {
    private static final List<String> COLUMN_LIST = List.of(
            "at",
            "received_at",
            "endpoint_id",
            "hostname",
            "service",
            "attested",
            "record_hash",
            "trace_id",
            "span_id",
            "severity",
            "event_name",
            "session_key",
            "session_id",
            "user_name",
            "decision",
            "tool_call_id",
            "attributes",
            "content");
    static final String COLUMNS = String.join(", ", COLUMN_LIST);

    private LogRows() {}

    static InputStream copy(Collection<LogEntry> logs, Instant receivedAt) throws IOException {
        BinaryCopy out = new BinaryCopy(COLUMN_LIST.size());
        for (LogEntry log : logs) {
            SessionRef session = log.session();
            out.startRow();
            out.timestamp(log.at());
            out.timestamp(receivedAt);
            out.uuid(log.origin().endpointId());
            out.text(log.origin().hostname());
            out.text(log.origin().service());
            out.bool(log.origin().attested());
            out.bytes(HexFormat.of().parseHex(log.hash()));
            out.uuid(RowIds.traceOrNull(log.traceId()));
            out.int8(RowIds.spanOrNull(log.spanId()));
            out.int2(log.severity());
            out.text(log.eventName());
            out.uuid(session == null ? null : session.key());
            out.text(session == null ? null : session.reported());
            out.text(log.promoted().user());
            out.text(log.promoted().decision());
            out.text(log.promoted().toolCallId());
            out.jsonb(log.attributes());
            out.jsonb(SpanRows.json(log.content()));
        }
        return out.finish();
    }

    static LogEntry read(ResultSet row) throws SQLException {
        UUID trace = row.getObject("trace_id", UUID.class);
        long span = row.getLong("span_id");
        String spanId = row.wasNull() ? null : RowIds.spanHex(span);
        UUID session = row.getObject("session_key", UUID.class);
        return new LogEntry(
                SpanRows.instant(row, "at"),
                HexFormat.of().formatHex(row.getBytes("record_hash")),
                trace == null ? null : RowIds.traceHex(trace),
                spanId,
                row.getInt("severity"),
                row.getString("event_name"),
                new Origin(
                        row.getObject("endpoint_id", UUID.class),
                        row.getString("hostname"),
                        row.getString("service"),
                        row.getBoolean("attested")),
                session == null ? null : new SessionRef(session, row.getString("session_id")),
                new Promoted(
                        row.getString("user_name"),
                        null,
                        row.getString("decision"),
                        null,
                        null,
                        null,
                        null,
                        null,
                        row.getString("tool_call_id"),
                        null),
                row.getString("attributes"),
                SpanRows.references(row.getString("content")));
    }
}
