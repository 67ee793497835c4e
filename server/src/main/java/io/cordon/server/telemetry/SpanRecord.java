package io.cordon.server.telemetry;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One stored span.
 *
 * @param traceId 32 lower-case hexadecimal digits
 * @param spanId 16 lower-case hexadecimal digits
 * @param parentSpanId as spanId, absent for a root
 * @param kind OTLP span kind, 0 to 5
 * @param status OTLP status code: 0 unset, 1 ok, 2 error
 * @param startedAt to the microsecond
 * @param attributes a JSON object without any content
 * @param content attribute key to the SHA-256 (hexadecimal) of the value kept apart from this row
 * @param events a JSON array of {name, at, attributes}, without content
 */
public record SpanRecord(
        String traceId,
        String spanId,
        @Nullable String parentSpanId,
        String name,
        int kind,
        int status,
        Instant startedAt,
        long durationNanos,
        Origin origin,
        @Nullable SessionRef session,
        Promoted promoted,
        String attributes,
        Map<String, String> content,
        String events) {
    /** Name of the spans in which an egress proxy tells of connections. */
    static final String EGRESS = "cordon.egress";

    /** Name of the root span of an attested run. */
    public static final String RUN = "cordon.run";

    public SpanRecord {
        content = Map.copyOf(content);
    }

    /** True for the root of an attested run: a self-reported span never counts as one, whatever its name. */
    public boolean isRun() {
        return origin.attested() && name.equals(RUN);
    }

    /** Whether it tells, attested, that the egress proxy refused a connection of a run. */
    boolean isRefusedConnection() {
        return origin.attested() && name.equals(EGRESS) && "deny".equals(promoted.decision());
    }

    public boolean isDenied() {
        return isRun() && "deny".equals(promoted.decision());
    }

    /** A run that was let through and ended with another status than 0. */
    public boolean isFailed() {
        Integer exit = promoted.exitCode();
        return isRun() && !isDenied() && exit != null && exit != 0;
    }
}
