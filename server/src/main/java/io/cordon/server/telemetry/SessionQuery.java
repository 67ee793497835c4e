package io.cordon.server.telemetry;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which sessions, last active first.
 *
 * @param text part of the reported id, user, host name or agent, ignoring case
 * @param decision sessions with at least one run so decided: allow, prompt or deny
 * @param from sessions active at or after
 * @param to sessions active before
 * @param after the last row of the page before
 */
public record SessionQuery(
        @Nullable String text,
        @Nullable UUID endpointId,
        @Nullable String user,
        @Nullable String decision,
        Instant from,
        Instant to,
        @Nullable Position after,
        int limit) {

    /** A place in the order (lastAt, key) descending. */
    public record Position(Instant lastAt, UUID key) {}
}
