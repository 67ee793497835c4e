package io.cordon.server.trust;

import io.cordon.policy.trust.Lifetimes;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long signed metadata is valid. The server renews each role's metadata at half of its lifetime. */
@ConfigMapping(prefix = "cordon.trust")
public interface TrustConfig {
    /** The root, which says whose signatures count. */
    @WithDefault("365d")
    Duration rootLifetime();

    /** The targets: the longest that a compromised server can withhold a newer policy from an endpoint. */
    @WithDefault("30d")
    Duration targetsLifetime();

    /** The snapshot. */
    @WithDefault("7d")
    Duration snapshotLifetime();

    /** The timestamp: after this long without the server an endpoint reports its policy as stale. */
    @WithDefault("1d")
    Duration timestampLifetime();

    default Lifetimes lifetimes() {
        return new Lifetimes(rootLifetime(), targetsLifetime(), snapshotLifetime(), timestampLifetime());
    }
}
