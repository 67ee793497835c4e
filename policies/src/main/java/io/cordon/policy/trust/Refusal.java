package io.cordon.policy.trust;

import java.util.Locale;

/** Why metadata or a target was refused. Every refusal keeps what was verified before. */
public enum Refusal {
    /** Not the JSON that the specification describes: duplicate keys, floats, wrong type, missing field, unsafe path. */
    FORMAT,
    /** Longer than allowed, too many entries, or nested too deep. */
    TOO_LARGE,
    /** Fewer distinct keys than the role's threshold signed it. */
    SIGNATURE,
    /** The version is not the one that was asked for. */
    WRONG_VERSION,
    /** The version is lower than one verified before. */
    ROLLBACK,
    /** Past its signed expiry. */
    EXPIRED,
    /** Past its signed expiry by the local clock, which is far from the server's: check the clock. */
    CLOCK_SUSPECT,
    /** The local clock is behind a time at which this endpoint has updated before: check the clock. */
    CLOCK_BEHIND,
    /** Length or hash differs from the signed one. */
    HASH,
    /** A file that signed metadata names is not served. */
    MISSING,
    /** The target is not listed in the verified metadata. */
    UNKNOWN_TARGET,
    /** The metadata delegates to further roles, which Cordon does not accept. */
    DELEGATIONS,
    /** Nothing was pinned yet: the endpoint has to enroll. */
    NOT_INITIALISED,
    /** The pinned root on disk is damaged: the endpoint has to enroll again. */
    STORE_CORRUPT;

    /** Stable code for reports, for example {@code trust.signature}. */
    public String code() {
        return "trust." + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
