package io.cordon.server.telemetry;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;

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
}
