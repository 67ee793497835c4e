package io.cordon.policy.trust;

import java.time.Duration;

/** How long newly signed metadata of each role is valid. */
public record Lifetimes(Duration root, Duration targets, Duration snapshot, Duration timestamp) {
    public Lifetimes {
        for (Duration each : new Duration[] {root, targets, snapshot, timestamp}) {
            if (each.compareTo(Duration.ofSeconds(1)) < 0) {
                throw new IllegalArgumentException("lifetime: " + each + " (expected: at least one second)");
            }
        }
    }

    /** A year for root, 30 days for targets, a week for snapshot, a day for timestamp. */
    public static Lifetimes standard() {
        return new Lifetimes(Duration.ofDays(365), Duration.ofDays(30), Duration.ofDays(7), Duration.ofDays(1));
    }

    Duration of(Role role) {
        return switch (role) {
            case ROOT -> root;
            case TARGETS -> targets;
            case SNAPSHOT -> snapshot;
            case TIMESTAMP -> timestamp;
        };
    }
}
