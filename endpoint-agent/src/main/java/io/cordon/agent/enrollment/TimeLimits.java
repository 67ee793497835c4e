package io.cordon.agent.enrollment;

import java.time.Duration;

/**
 * How long the agent waits for the server.
 *
 * @param connect for a connection, TLS included in {@code exchange}
 * @param exchange for an ordinary request, from sending to the last byte
 * @param held for a request whose reply the server holds back until there is news
 */
public record TimeLimits(Duration connect, Duration exchange, Duration held) {
    /** What every endpoint uses: the server holds at most 20 seconds. */
    public static TimeLimits standard() {
        return new TimeLimits(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(45));
    }
}
