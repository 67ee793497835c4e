package io.cordon.policy.trust;

import java.time.Duration;

/**
 * Bounds on everything that an unverified server can make the endpoint do.
 *
 * @param rootLength bytes of one root file
 * @param timestampLength bytes of the timestamp file
 * @param snapshotLength bytes of a snapshot file
 * @param targetsLength bytes of a targets file
 * @param rootUpdates new roots followed in one cycle
 * @param targets number of targets in a targets file
 * @param targetLength bytes of one target
 * @param clockSlack how far the local clock may be behind the newest time seen, or off the server's, before it is named
 */
public record Limits(
        int rootLength,
        int timestampLength,
        int snapshotLength,
        int targetsLength,
        int rootUpdates,
        int targets,
        int targetLength,
        Duration clockSlack) {
    private static final int KIB = 1024;

    public Limits {
        if (rootLength < 1
                || timestampLength < 1
                || snapshotLength < 1
                || targetsLength < 1
                || rootUpdates < 1
                || targets < 1
                || targetLength < 1
                || clockSlack.isNegative()) {
            throw new IllegalArgumentException("limits: below 1 (expected: positive bounds)");
        }
    }

    /** What every endpoint uses. */
    public static Limits standard() {
        return new Limits(512 * KIB, 16 * KIB, 2048 * KIB, 8192 * KIB, 256, 10_000, 1024 * KIB, Duration.ofMinutes(5));
    }
}
