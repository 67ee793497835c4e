package io.cordon.server.telemetry;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/** OTLP messages for tests, as an endpoint's service and as a coding agent would send them. */
public final class Spans {
    private Spans() {}

    public static String newTraceId() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    public static String newSpanId() {
        return newTraceId().substring(0, 16);
    }

    public static ByteString id(String hex) {
        return ByteString.copyFrom(HexFormat.of().parseHex(hex));
    }

    public static long nanos(Instant at) {
        return at.getEpochSecond() * 1_000_000_000L + at.getNano();
    }

    public static KeyValue text(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    public static KeyValue number(String key, long value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setIntValue(value))
                .build();
    }

    public static KeyValue flag(String key, boolean value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setBoolValue(value))
                .build();
    }

    public static KeyValue texts(String key, String... values) {
        ArrayValue.Builder array = ArrayValue.newBuilder();
        for (String value : values) {
            array.addValues(AnyValue.newBuilder().setStringValue(value));
        }
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setArrayValue(array))
                .build();
    }

    /** A span that lasts a second. */
    public static Span.Builder span(String traceId, String spanId, String name, Instant start) {
        return Span.newBuilder()
                .setTraceId(id(traceId))
                .setSpanId(id(spanId))
                .setName(name)
                .setKind(Span.SpanKind.SPAN_KIND_INTERNAL)
                .setStartTimeUnixNano(nanos(start))
                .setEndTimeUnixNano(nanos(start) + 1_000_000_000L);
    }

    /** The root span of a run as the endpoint's service records it. */
    public static Span.Builder run(String traceId, String session, String decision, Instant start, String... command) {
        Span.Builder span = span(traceId, newSpanId(), "cordon.run", start)
                .addAttributes(flag("cordon.attested", true))
                .addAttributes(text("cordon.run.id", UUID.randomUUID().toString()))
                .addAttributes(text("cordon.session.id", session))
                .addAttributes(text("cordon.decision", decision))
                .addAttributes(flag("cordon.enforced", true))
                .addAttributes(text("cordon.rule", "default"))
                .addAttributes(text("cordon.reason", "No rule matches."))
                .addAttributes(text("cordon.policy.name", "balanced"))
                .addAttributes(number("cordon.policy.version", 3))
                .addAttributes(text("enduser.id", "dev"))
                .addAttributes(text("process.executable.name", command[0]))
                .addAttributes(text("process.working_directory", "/home/dev/work"))
                .addAttributes(texts("cordon.limits_hit"))
                .addAttributes(texts("process.command_args", command));
        return decision.equals("deny") ? span : span.addAttributes(number("process.exit.code", 0));
    }

    public static Resource attested() {
        return Resource.newBuilder()
                .addAttributes(text("service.name", "cordon-agent"))
                .addAttributes(text("host.name", "workstation-1"))
                .addAttributes(text("cordon.provenance", "attested"))
                .build();
    }

    public static Resource selfReported(String service) {
        return Resource.newBuilder()
                .addAttributes(text("service.name", service))
                .addAttributes(text("host.name", "workstation-1"))
                .build();
    }

    public static ExportTraceServiceRequest request(Resource resource, Span.Builder... spans) {
        ScopeSpans.Builder scope = ScopeSpans.newBuilder();
        for (Span.Builder span : spans) {
            scope.addSpans(span);
        }
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(
                        ResourceSpans.newBuilder().setResource(resource).addScopeSpans(scope))
                .build();
    }

    public static ExportLogsServiceRequest request(Resource resource, List<LogRecord> logs) {
        return ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder()
                        .setResource(resource)
                        .addScopeLogs(ScopeLogs.newBuilder().addAllLogRecords(logs)))
                .build();
    }
}
