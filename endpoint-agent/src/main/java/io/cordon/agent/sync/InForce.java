package io.cordon.agent.sync;

import io.cordon.policy.resolve.Resolution;
import io.cordon.policy.trust.TrustedTargets;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The policy in force with where it came from, for reports.
 *
 * @param versions of the repository state that it was resolved from; all 0 for the built-in strictest
 * @param staleSince since when it is no longer known to be the newest
 * @param offer hash of the server's hint that it answers
 */
public record InForce(
        Resolution resolution,
        TrustedTargets.Versions versions,
        Optional<Instant> staleSince,
        @Nullable String offer) {
    static final TrustedTargets.Versions NO_VERSIONS = new TrustedTargets.Versions(0, 0, 0, 0);

    /** True when a document that approvers signed is in force, and not the built-in strictest. */
    public boolean verified() {
        return versions.targets() > 0;
    }
}
