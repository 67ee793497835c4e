package io.cordon.agent.telemetry.gateway.event;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One record of an export, read but not understood.
 *
 * @param name event name of a log, name of a span, of a span's event, or of a metric; possibly empty
 * @param at when it happened or began
 * @param end of a span; else the same as {@code at}
 * @param error whether the record itself says that something failed
 * @param problem what failed, possibly empty
 * @param attributes by key: text, Long, Double or Boolean; anything deeper as JSON text
 * @param around attributes of the span that an event happened in, else empty
 * @param resource attributes of what sent it
 * @param scope name of the instrumentation
 * @param body of a log, possibly empty
 * @param bytes of the record on the wire; 0 for an event, which its span includes
 */
public record Observation(
        Source source,
        String name,
        Instant at,
        Instant end,
        @Nullable String traceId,
        @Nullable String spanId,
        boolean error,
        String problem,
        Map<String, Object> attributes,
        Map<String, Object> around,
        Map<String, Object> resource,
        String scope,
        String body,
        int bytes) {

    /** What kind of record. */
    public enum Source {
        LOG,
        SPAN,
        SPAN_EVENT,
        METRIC
    }

    public Observation {
        attributes = Collections.unmodifiableMap(attributes);
        around = Collections.unmodifiableMap(around);
        resource = Collections.unmodifiableMap(resource);
    }

    /** The attribute as text, its own or that of the span around it; null when there is none, or an empty one. */
    public @Nullable String text(String key) {
        Object value = attributes.containsKey(key) ? attributes.get(key) : around.get(key);
        String text = value == null ? "" : value.toString();
        return text.isEmpty() ? null : text;
    }

    /** The first of the attributes that is there. */
    public @Nullable String first(String... keys) {
        for (String key : keys) {
            String found = text(key);
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
