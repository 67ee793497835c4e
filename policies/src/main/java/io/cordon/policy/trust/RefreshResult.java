package io.cordon.policy.trust;

import java.time.Instant;
import java.util.Optional;

/** Outcome of one update cycle. Only {@link Verified} changes what may be enforced. */
public sealed interface RefreshResult {
    /**
     * The repository's newest state, verified and unexpired.
     *
     * @param changed whether the targets metadata is another than before the cycle
     */
    record Verified(TrustedTargets targets, boolean changed) implements RefreshResult {}

    /**
     * What the repository serves was refused; the last verified state stays in force.
     *
     * @param staleSince when the last verified state expired, if it has
     */
    record Refused(Rejection rejection, Optional<Instant> staleSince) implements RefreshResult {}

    /**
     * The repository could not be reached, or answered with a failure of its own; the last verified state stays in force.
     *
     * @param staleSince when the last verified state expired, if it has
     */
    record Unreachable(String why, Optional<Instant> staleSince) implements RefreshResult {}
}
