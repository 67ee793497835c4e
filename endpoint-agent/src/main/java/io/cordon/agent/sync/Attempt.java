package io.cordon.agent.sync;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One try to bring the repository's newest state in force, as it ended.
 *
 * @param reason why it is not in force: a stable code, a colon, and words; empty when it is
 * @param offer the hint that led to it; null when the endpoint looked by itself
 * @param targetsVersion the newest version that was verified, 0 when none was
 */
public record Attempt(
        Instant at, Status status, String reason, @Nullable Offer offer, long targetsVersion) {
    /** How it ended. */
    public enum Status {
        /** The newest state is in force. */
        APPLIED,
        /** What the server serves was refused. */
        REFUSED,
        /** The server could not be asked. */
        UNREACHABLE
    }

    boolean applied() {
        return status == Status.APPLIED;
    }
}
