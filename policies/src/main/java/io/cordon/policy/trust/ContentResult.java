package io.cordon.policy.trust;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** All targets of one verified state with their content: everything or nothing. */
public sealed interface ContentResult {
    /**
     * Everything is there.
     *
     * @param content verified bytes by target path, the same paths as {@code targets.files()}
     * @param staleSince when the metadata expired, if it has; it stays in force all the same
     */
    record Complete(TrustedTargets targets, Map<String, byte[]> content, Optional<Instant> staleSince)
            implements ContentResult {}

    /** Nothing complete was ever stored. */
    record Nothing() implements ContentResult {}

    record Refused(Rejection rejection) implements ContentResult {}

    record Unreachable(String why) implements ContentResult {}
}
