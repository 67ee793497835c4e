package io.cordon.server.telemetry;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Turns one request's spans into rows; a span with unusable ids is counted as rejected and the others are kept (O6, O17). */
final class SpanDecoder {
    private final RowTime time;
    private final UUID endpointId;
    private final ContentSplit split = new ContentSplit();
    private final List<SpanRecord> spans = new ArrayList<>();
    private long rejected;
    private String why = "";

    private SpanDecoder(RowTime time, UUID endpointId) {
        this.time = time;
        this.endpointId = endpointId;
    }

    static Decoded decode(ExportTraceServiceRequest request, UUID endpointId, RowTime time) {
        SpanDecoder decoder = new SpanDecoder(time, endpointId);
        request.getResourceSpansList().forEach(decoder::addResource);
        return new Decoded(
                new TelemetryBatch(decoder.spans, List.of(), decoder.split.contents()), decoder.rejected, decoder.why);
    }

    private void addResource(ResourceSpans group) {
        ResourceFacts resource = new ResourceFacts(group.getResource(), endpointId, split);
        for (ScopeSpans scope : group.getScopeSpansList()) {
            for (Span span : scope.getSpansList()) {
                String problem = problem(span);
                if (problem == null) {
                    spans.add(row(span, resource));
                } else {
                    rejected++;
                    why = why.isEmpty() ? problem : why;
                }
            }
        }
    }

    private static @Nullable String problem(Span span) {
        if (!Ids.isTraceId(span.getTraceId())) {
            return "trace_id: " + Ids.hex(span.getTraceId()) + " (expected: 16 bytes, not all zero)";
        }
        if (!Ids.isSpanId(span.getSpanId())) {
            return "span_id: " + Ids.hex(span.getSpanId()) + " (expected: 8 bytes, not all zero)";
        }
        if (!Ids.isAbsent(span.getParentSpanId()) && !Ids.isSpanId(span.getParentSpanId())) {
            return "parent_span_id: " + Ids.hex(span.getParentSpanId()) + " (expected: 8 bytes or none)";
        }
        return null;
    }

    private SpanRecord row(Span span, ResourceFacts resource) {
        Map<String, String> content = new HashMap<>(resource.content());
        ObjectNode own = split.split(span.getAttributesList(), "", content);
        ObjectNode attributes = resource.merged(own);
        Optional<Instant> reported = time.usable(span.getStartTimeUnixNano());
        if (reported.isEmpty()) {
            attributes.put(RowTime.REPORTED, Long.toUnsignedString(span.getStartTimeUnixNano()));
        }
        if (span.getLinksCount() > 0) {
            attributes.set("otlp.links", links(span));
        }
        String message = span.getStatus().getMessage();
        if (!message.isEmpty()) {
            content.put("status.message", split.keep(JsonNodeFactory.instance.textNode(AttributeJson.clean(message))));
        }
        return new SpanRecord(
                Ids.hex(span.getTraceId()),
                Ids.hex(span.getSpanId()),
                Ids.isAbsent(span.getParentSpanId()) ? null : Ids.hex(span.getParentSpanId()),
                ResourceFacts.shorten(AttributeJson.clean(span.getName())),
                Math.max(0, Math.min(5, span.getKindValue())),
                Math.max(0, Math.min(2, span.getStatus().getCodeValue())),
                reported.orElseGet(time::received),
                Math.max(0, span.getEndTimeUnixNano() - span.getStartTimeUnixNano()),
                resource.origin(),
                resource.session(own),
                resource.promoted(own),
                attributes.toString(),
                content,
                events(span, content).toString());
    }

    private ArrayNode events(Span span, Map<String, String> content) {
        ArrayNode events = JsonNodeFactory.instance.arrayNode();
        for (Span.Event event : span.getEventsList()) {
            ObjectNode attributes = split.split(event.getAttributesList(), "events." + events.size() + ".", content);
            ObjectNode row = events.addObject();
            row.put("name", AttributeJson.clean(event.getName()));
            row.put("at", at(event.getTimeUnixNano()).toString());
            row.set("attributes", attributes);
        }
        return events;
    }

    private static Instant at(long unixNanos) {
        long nanos = Math.max(0, unixNanos);
        return Instant.ofEpochSecond(nanos / 1_000_000_000, nanos % 1_000_000_000);
    }

    private static ArrayNode links(Span span) {
        ArrayNode links = JsonNodeFactory.instance.arrayNode();
        for (Span.Link link : span.getLinksList()) {
            links.addObject().put("traceId", Ids.hex(link.getTraceId())).put("spanId", Ids.hex(link.getSpanId()));
        }
        return links;
    }
}
