package io.cordon.server.enrollment;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Tokens and certificates of endpoints. */
@ConfigMapping(prefix = "cordon.enrollment")
public interface EnrollmentConfig {

    /** How long a certificate of an endpoint is valid; endpoints renew at half of it. */
    @WithDefault("P7D")
    Duration certificateValidity();

    /** How long an enrollment token is valid when its maker does not say. */
    @WithDefault("PT24H")
    Duration tokenValidity();

    /** The longest that a maker may say. */
    @WithDefault("P30D")
    Duration tokenValidityMax();
}
