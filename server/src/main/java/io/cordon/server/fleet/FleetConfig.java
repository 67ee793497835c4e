package io.cordon.server.fleet;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The control channel. */
@ConfigMapping(prefix = "cordon.fleet")
public interface FleetConfig {

    /** Longest time that a reply to an endpoint is held; OpAMP clients give up at 30 s. */
    @WithDefault("PT20S")
    Duration hold();

    /** What is taken from the hold at random, so that replies do not come all at once. */
    @WithDefault("PT2S")
    Duration jitter();

    /** The same offer is not repeated to an endpoint sooner than this. */
    @WithDefault("PT15S")
    Duration reoffer();

    /** How long after its end an endpoint's certificate still renews, for a machine that was away; zero: not at all. */
    @WithDefault("P90D")
    Duration returnWithin();

    /** How often times of last contact are written, many at once. */
    @WithDefault("5s")
    String contactsEvery();
}
