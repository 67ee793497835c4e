package io.cordon.server.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Sign-in and sessions. */
@ConfigMapping(prefix = "cordon.access")
public interface AccessConfig {

    /** A session ends when it was not used for so long. */
    @WithDefault("PT30M")
    Duration sessionIdle();

    /** A session ends so long after sign-in, used or not. */
    @WithDefault("PT12H")
    Duration sessionLifetime();

    /** Failed sign-ins of one user in the window before further ones are refused. */
    @WithDefault("10")
    int attemptsPerUser();

    /** Failed sign-ins from one address in the window before further ones are refused. */
    @WithDefault("50")
    int attemptsPerAddress();

    /** How long failed sign-ins count. */
    @WithDefault("PT10M")
    Duration attemptsWindow();
}
