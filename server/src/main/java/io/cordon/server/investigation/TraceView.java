package io.cordon.server.investigation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.cordon.server.telemetry.SpanRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A trace: attested and self-reported spans side by side, each saying which it is.
 *
 * @param sessionId of the first span that belongs to one
 * @param truncated true when the trace has more spans than are given
 */
@Schema(name = "Trace")
@JsonInclude(JsonInclude.Include.ALWAYS)
public record TraceView(
        @Schema(required = true) String traceId,
        @Schema(required = true, nullable = true) @Nullable String sessionId,
        @Schema(required = true) List<SpanView> spans,
        @Schema(required = true) boolean truncated) {

    private static final List<String> STATUS = List.of("unset", "ok", "error");

    /** One span; {@code content} is null without the permission to read it. */
    @Schema(name = "Span")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record SpanView(
            @Schema(required = true) String spanId,

            @Schema(required = true, nullable = true) @Nullable
            String parentSpanId,

            @Schema(required = true) String name,
            @Schema(required = true) String endpointId,

            @Schema(required = true, nullable = true) @Nullable
            String service,

            @Schema(required = true) Instant startedAt,
            @Schema(required = true) Instant endedAt,
            @Schema(required = true) double durationMs,

            @Schema(
                    required = true,
                    enumeration = {"unset", "ok", "error"})
            String status,

            @Schema(required = true) boolean attested,
            @Schema(required = true) Map<String, Object> attributes,

            @Schema(required = true, nullable = true) @Nullable
            Map<String, Object> content,

            @Schema(required = true) List<EventView> events) {}

    /** Something that happened within a span. */
    @Schema(name = "SpanEvent")
    public record EventView(
            @Schema(required = true) String name,
            @Schema(required = true) Instant at,
            @Schema(required = true) Map<String, Object> attributes) {}

    /** @param contents what may be shown, by hash; null without the permission */
    static TraceView of(
            String traceId, List<SpanRecord> spans, boolean truncated, @Nullable Map<String, byte[]> contents) {
        String session = spans.stream()
                .map(SpanRecord::session)
                .filter(Objects::nonNull)
                .findFirst()
                .map(found -> found.key().toString())
                .orElse(null);
        return new TraceView(
                traceId,
                session,
                spans.stream().map(span -> span(span, contents)).toList(),
                truncated);
    }

    private static SpanView span(SpanRecord span, @Nullable Map<String, byte[]> contents) {
        List<EventView> events = new ArrayList<>();
        for (JsonNode event : SpanAttributes.tree(span.events())) {
            events.add(new EventView(
                    event.path("name").asText(),
                    Instant.parse(event.path("at").asText()),
                    SpanAttributes.map(event.path("attributes"))));
        }
        return new SpanView(
                span.spanId(),
                span.parentSpanId(),
                span.name(),
                span.origin().endpointId().toString(),
                span.origin().service(),
                span.startedAt(),
                span.startedAt().plusNanos(span.durationNanos()),
                span.durationNanos() / 1_000_000.0,
                STATUS.get(span.status()),
                span.origin().attested(),
                SpanAttributes.map(SpanAttributes.tree(span.attributes())),
                contents == null ? null : content(span, contents),
                events);
    }

    private static Map<String, Object> content(SpanRecord span, Map<String, byte[]> contents) {
        Map<String, Object> shown = new HashMap<>();
        span.content().forEach((key, hash) -> {
            byte[] value = contents.get(hash);
            if (value != null) {
                shown.put(key, SpanAttributes.tree(new String(value, StandardCharsets.UTF_8)));
            }
        });
        return shown;
    }
}
