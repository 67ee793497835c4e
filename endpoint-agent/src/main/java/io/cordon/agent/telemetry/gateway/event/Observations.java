package io.cordon.agent.telemetry.gateway.event;

import com.google.protobuf.ByteString;
import io.cordon.agent.telemetry.gateway.otlp.Export;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the records of one export. Records whose ids have a wrong length, and spans without ids, are rejected (O17). */
public final class Observations {
    private static final int TRACE_BYTES = 16;
    private static final int SPAN_BYTES = 8;
    private static final int WARN = 13;
    private static final int ERROR = 17;

    private final Instant received;
    private final List<Observation> found = new ArrayList<>();
    private long rejected;
    private String why = "";

    private Observations(Instant received) {
        this.received = received;
    }

    /** @param received stands in for a time that a record does not have */
    public static Observations of(Export export, Instant received) {
        Observations observations = new Observations(received);
        if (export instanceof Export.Logs logs) {
            logs.request().getResourceLogsList().forEach(observations::logs);
        } else if (export instanceof Export.Traces traces) {
            traces.request().getResourceSpansList().forEach(observations::spans);
        } else if (export instanceof Export.Metrics metrics) {
            metrics.request().getResourceMetricsList().forEach(observations::metrics);
        }
        return observations;
    }

    public List<Observation> found() {
        return List.copyOf(found);
    }

    public long rejected() {
        return rejected;
    }

    /** About the first rejected one; empty when there is none. */
    public String why() {
        return why;
    }

    private void logs(ResourceLogs group) {
        Map<String, Object> resource = Values.of(group.getResource().getAttributesList());
        for (ScopeLogs scope : group.getScopeLogsList()) {
            for (LogRecord log : scope.getLogRecordsList()) {
                if (usable(log.getTraceId(), TRACE_BYTES, true) && usable(log.getSpanId(), SPAN_BYTES, true)) {
                    found.add(log(log, resource, scope.getScope()));
                } else {
                    reject(log.getTraceId(), log.getSpanId());
                }
            }
        }
    }

    private Observation log(LogRecord log, Map<String, Object> resource, InstrumentationScope scope) {
        Map<String, Object> attributes = Values.of(log.getAttributesList());
        Object named = attributes.get("event.name");
        Instant at = time(log.getTimeUnixNano() != 0 ? log.getTimeUnixNano() : log.getObservedTimeUnixNano());
        String body = log.hasBody() ? Values.of(log.getBody()).toString() : "";
        int severity = log.getSeverityNumberValue();
        return new Observation(
                Observation.Source.LOG,
                named == null ? log.getEventName() : named.toString(),
                at,
                at,
                hex(log.getTraceId()),
                hex(log.getSpanId()),
                severity >= ERROR,
                severity >= WARN ? body : "",
                attributes,
                Map.of(),
                resource,
                scope.getName(),
                body,
                log.getSerializedSize());
    }

    private void spans(ResourceSpans group) {
        Map<String, Object> resource = Values.of(group.getResource().getAttributesList());
        for (ScopeSpans scope : group.getScopeSpansList()) {
            for (Span span : scope.getSpansList()) {
                if (usable(span.getTraceId(), TRACE_BYTES, false) && usable(span.getSpanId(), SPAN_BYTES, false)) {
                    span(span, resource, scope.getScope().getName());
                } else {
                    reject(span.getTraceId(), span.getSpanId());
                }
            }
        }
    }

    private void span(Span span, Map<String, Object> resource, String scope) {
        Map<String, Object> attributes = Values.of(span.getAttributesList());
        found.add(new Observation(
                Observation.Source.SPAN,
                span.getName(),
                time(span.getStartTimeUnixNano()),
                time(span.getEndTimeUnixNano()),
                hex(span.getTraceId()),
                hex(span.getSpanId()),
                span.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR,
                span.getStatus().getMessage(),
                attributes,
                Map.of(),
                resource,
                scope,
                "",
                span.getSerializedSize()));
        for (Span.Event event : span.getEventsList()) {
            Map<String, Object> own = Values.of(event.getAttributesList());
            String level = String.valueOf(own.get("level"));
            boolean failed = level.equals("ERROR") || event.getName().equals("exception");
            Object named = own.get("event.name");
            found.add(new Observation(
                    Observation.Source.SPAN_EVENT,
                    named == null ? event.getName() : named.toString(),
                    time(event.getTimeUnixNano()),
                    time(event.getTimeUnixNano()),
                    hex(span.getTraceId()),
                    hex(span.getSpanId()),
                    failed,
                    failed
                            ? Optional.ofNullable(own.get("exception.type"))
                                    .orElse("")
                                    .toString()
                            : "",
                    own,
                    attributes,
                    resource,
                    scope,
                    "",
                    0));
        }
    }

    private void metrics(ResourceMetrics group) {
        Map<String, Object> resource = Values.of(group.getResource().getAttributesList());
        for (ScopeMetrics scope : group.getScopeMetricsList()) {
            for (Metric metric : scope.getMetricsList()) {
                found.add(new Observation(
                        Observation.Source.METRIC,
                        metric.getName(),
                        time(MetricTotals.lastTime(metric)),
                        time(MetricTotals.lastTime(metric)),
                        null,
                        null,
                        false,
                        "",
                        MetricTotals.of(metric),
                        Map.of(),
                        resource,
                        scope.getScope().getName(),
                        "",
                        metric.getSerializedSize()));
            }
        }
    }

    private void reject(ByteString trace, ByteString span) {
        rejected++;
        why = why.isEmpty()
                ? "trace_id, span_id: " + HexFormat.of().formatHex(trace.toByteArray()) + ", "
                        + HexFormat.of().formatHex(span.toByteArray()) + " (expected: 16 and 8 bytes, not all zero)"
                : why;
    }

    private static boolean usable(ByteString id, int length, boolean optional) {
        return hex(id) == null ? optional : id.size() == length;
    }

    /** Null for no id at all: left out, or all zero as some exporters write it. */
    private static @Nullable String hex(ByteString id) {
        for (int i = 0; i < id.size(); i++) {
            if (id.byteAt(i) != 0) {
                return HexFormat.of().formatHex(id.toByteArray());
            }
        }
        return null;
    }

    private Instant time(long unixNanos) {
        return unixNanos <= 0 ? received : Instant.ofEpochSecond(unixNanos / 1_000_000_000, unixNanos % 1_000_000_000);
    }
}
