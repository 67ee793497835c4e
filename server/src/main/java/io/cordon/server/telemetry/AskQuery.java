package io.cordon.server.telemetry;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which numbers of hooks, and by what they are gathered.
 *
 * @param from inclusive; numbers are kept by the hour, so the hour that it lies in counts whole
 * @param to exclusive; the hour that it lies in counts whole, too
 */
public record AskQuery(
        Instant from,
        Instant to,
        @Nullable UUID endpointId,
        @Nullable String user,
        @Nullable String agent,
        By by,
        int limit) {

    /** What each group has in common. */
    public enum By {
        NOTHING,
        AGENT,
        USER,
        ENDPOINT,
        RULE
    }

    /**
     * The numbers of one group.
     *
     * @param key agent, user, rule or endpoint id; empty for those that tell none
     * @param label for people: the host name of an endpoint, otherwise the key
     */
    public record Group(String key, String label, AskNumbers numbers) {}
}
