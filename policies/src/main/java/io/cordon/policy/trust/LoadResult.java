package io.cordon.policy.trust;

import java.time.Instant;
import java.util.Optional;

/** The last verified metadata as found in the store, verified again. */
public sealed interface LoadResult {
    /**
     * What is stored verifies.
     *
     * @param staleSince when it expired, if it has; it stays in force all the same
     */
    record Trusted(TrustedTargets targets, Optional<Instant> staleSince) implements LoadResult {}

    /** A root is pinned and no targets were verified yet. */
    record Nothing() implements LoadResult {}

    /** What is stored does not verify, or no root is pinned. */
    record Refused(Rejection rejection) implements LoadResult {}
}
