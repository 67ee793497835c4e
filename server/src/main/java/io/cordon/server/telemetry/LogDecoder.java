package io.cordon.server.telemetry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.CodedOutputStream;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Turns one request's log records into rows. Ids are optional here; one of a wrong length rejects the record (O17). */
final class LogDecoder {
    private final RowTime time;
    private final UUID endpointId;
    private final ContentSplit split = new ContentSplit();
    private final List<LogEntry> logs = new ArrayList<>();
    private long rejected;
    private String why = "";

    private LogDecoder(RowTime time, UUID endpointId) {
        this.time = time;
        this.endpointId = endpointId;
    }

    static Decoded decode(ExportLogsServiceRequest request, UUID endpointId, RowTime time) {
        LogDecoder decoder = new LogDecoder(time, endpointId);
        request.getResourceLogsList().forEach(decoder::addResource);
        return new Decoded(
                new TelemetryBatch(List.of(), decoder.logs, decoder.split.contents()), decoder.rejected, decoder.why);
    }

    private void addResource(ResourceLogs group) {
        ResourceFacts resource = new ResourceFacts(group.getResource(), endpointId, split);
        byte[] source = group.getResource().toByteArray();
        for (ScopeLogs scope : group.getScopeLogsList()) {
            for (LogRecord log : scope.getLogRecordsList()) {
                if (idsUsable(log)) {
                    logs.add(row(log, resource, source));
                } else {
                    rejected++;
                    why = why.isEmpty() ? problem(log) : why;
                }
            }
        }
    }

    private static boolean idsUsable(LogRecord log) {
        return (Ids.isAbsent(log.getTraceId()) || Ids.isTraceId(log.getTraceId()))
                && (Ids.isAbsent(log.getSpanId()) || Ids.isSpanId(log.getSpanId()));
    }

    private static String problem(LogRecord log) {
        return "trace_id, span_id: " + Ids.hex(log.getTraceId()) + ", " + Ids.hex(log.getSpanId())
                + " (expected: 16 and 8 bytes, or none)";
    }

    private LogEntry row(LogRecord log, ResourceFacts resource, byte[] source) {
        Map<String, String> content = new HashMap<>(resource.content());
        ObjectNode own = split.split(log.getAttributesList(), "", content);
        ObjectNode attributes = resource.merged(own);
        long unixNanos = log.getTimeUnixNano() != 0 ? log.getTimeUnixNano() : log.getObservedTimeUnixNano();
        Optional<Instant> reported = time.usable(unixNanos);
        if (reported.isEmpty()) {
            attributes.put(RowTime.REPORTED, Long.toUnsignedString(unixNanos));
        }
        String eventName = eventName(log, own);
        if (log.hasBody()) {
            JsonNode body = AttributeJson.of(log.getBody());
            // several programs repeat the event's name as the body, which is no content
            if (!body.isNull() && !body.asText().equals(eventName)) {
                content.put("body", split.keep(body));
            }
        }
        return new LogEntry(
                reported.orElseGet(time::received),
                hash(log, source),
                Ids.isAbsent(log.getTraceId()) ? null : Ids.hex(log.getTraceId()),
                Ids.isAbsent(log.getSpanId()) ? null : Ids.hex(log.getSpanId()),
                Math.max(0, Math.min(24, log.getSeverityNumberValue())),
                eventName,
                eventName != null && eventName.startsWith(LogEntry.AGENT_EVENT)
                        ? resource.origin().selfReported()
                        : resource.origin(),
                resource.session(own),
                resource.promoted(own),
                attributes.toString(),
                content);
    }

    private static @Nullable String eventName(LogRecord log, ObjectNode own) {
        String name = log.getEventName().isEmpty() ? own.path("event.name").asText("") : log.getEventName();
        return name.isEmpty() ? null : ResourceFacts.shorten(AttributeJson.clean(name));
    }

    private static String hash(LogRecord log, byte[] source) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            out.writeByteArrayNoTag(source);
            out.writeByteArrayNoTag(log.toByteArray());
            out.flush();
            return ContentSplit.sha256(bytes.toByteArray());
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory cannot fail", e);
        }
    }
}
