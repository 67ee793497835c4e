package io.cordon.server.telemetry;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which runs, newest first: of one endpoint, or of one session.
 *
 * @param from runs started at or after
 * @param to runs started before
 * @param after the last row of the page before
 */
public record RunQuery(
        @Nullable UUID endpointId,
        @Nullable UUID sessionKey,
        Instant from,
        Instant to,
        @Nullable Position after,
        int limit) {
    public RunQuery {
        if ((endpointId == null) == (sessionKey == null)) {
            throw new IllegalArgumentException("run query: endpoint or session (expected: exactly one of them)");
        }
    }

    /** A place in the order (startedAt, spanId) descending. */
    public record Position(Instant startedAt, String spanId) {}
}
