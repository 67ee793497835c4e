package io.cordon.server.telemetry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Spans as rows of table {@code span}: one list of columns for writing and for reading. */
final class SpanRows {
    private static final List<String> COLUMN_LIST = List.of(
            "started_at",
            "duration_nanos",
            "received_at",
            "endpoint_id",
            "hostname",
            "service",
            "attested",
            "trace_id",
            "span_id",
            "parent_span_id",
            "name",
            "kind",
            "status",
            "is_run",
            "session_key",
            "session_id",
            "user_name",
            "run_id",
            "decision",
            "enforced",
            "rule",
            "exit_code",
            "policy_name",
            "policy_version",
            "tool_call_id",
            "executable",
            "attributes",
            "content",
            "events");
    static final String COLUMNS = String.join(", ", COLUMN_LIST);

    private static final ObjectMapper JSON = new ObjectMapper();

    private SpanRows() {}

    static InputStream copy(Collection<SpanRecord> spans, Instant receivedAt) throws IOException {
        BinaryCopy out = new BinaryCopy(COLUMN_LIST.size());
        for (SpanRecord span : spans) {
            write(out, span, receivedAt);
        }
        return out.finish();
    }

    private static void write(BinaryCopy out, SpanRecord span, Instant receivedAt) throws IOException {
        Promoted promoted = span.promoted();
        SessionRef session = span.session();
        out.startRow();
        out.timestamp(span.startedAt());
        out.int8(span.durationNanos());
        out.timestamp(receivedAt);
        out.uuid(span.origin().endpointId());
        out.text(span.origin().hostname());
        out.text(span.origin().service());
        out.bool(span.origin().attested());
        out.uuid(RowIds.trace(span.traceId()));
        out.int8(RowIds.span(span.spanId()));
        out.int8(RowIds.spanOrNull(span.parentSpanId()));
        out.text(span.name());
        out.int2(span.kind());
        out.int2(span.status());
        out.bool(span.isRun());
        out.uuid(session == null ? null : session.key());
        out.text(session == null ? null : session.reported());
        out.text(promoted.user());
        out.text(promoted.runId());
        out.text(promoted.decision());
        out.bool(promoted.enforced());
        out.text(promoted.rule());
        out.int4(promoted.exitCode());
        out.text(promoted.policyName());
        out.int4(promoted.policyVersion());
        out.text(promoted.toolCallId());
        out.text(promoted.executable());
        out.jsonb(span.attributes());
        out.jsonb(json(span.content()));
        out.jsonb(span.events());
    }

    static SpanRecord read(ResultSet row) throws SQLException {
        UUID sessionKey = row.getObject("session_key", UUID.class);
        long parent = row.getLong("parent_span_id");
        String parentHex = row.wasNull() ? null : RowIds.spanHex(parent);
        return new SpanRecord(
                RowIds.traceHex(row.getObject("trace_id", UUID.class)),
                RowIds.spanHex(row.getLong("span_id")),
                parentHex,
                row.getString("name"),
                row.getInt("kind"),
                row.getInt("status"),
                instant(row, "started_at"),
                row.getLong("duration_nanos"),
                new Origin(
                        row.getObject("endpoint_id", UUID.class),
                        row.getString("hostname"),
                        row.getString("service"),
                        row.getBoolean("attested")),
                sessionKey == null ? null : new SessionRef(sessionKey, row.getString("session_id")),
                new Promoted(
                        row.getString("user_name"),
                        row.getString("run_id"),
                        row.getString("decision"),
                        row.getObject("enforced", Boolean.class),
                        row.getString("rule"),
                        row.getObject("exit_code", Integer.class),
                        row.getString("policy_name"),
                        row.getObject("policy_version", Integer.class),
                        row.getString("tool_call_id"),
                        row.getString("executable")),
                row.getString("attributes"),
                references(row.getString("content")),
                row.getString("events"));
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static String json(Map<String, String> references) {
        try {
            return JSON.writeValueAsString(references);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of texts is always JSON", e);
        }
    }

    static Map<String, String> references(@Nullable String json) throws SQLException {
        try {
            return json == null ? Map.of() : JSON.readValue(json, new TypeReference<Map<String, String>>() {});
        } catch (JsonProcessingException e) {
            throw new SQLException("content: not an object of texts", e);
        }
    }
}
