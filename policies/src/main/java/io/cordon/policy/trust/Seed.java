package io.cordon.policy.trust;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint is given at enrollment, out of band of the repository: the pinned root, and the timestamp and snapshot of
 * that moment, below whose versions it can never be rolled back (file bytes as published). The last two may have expired.
 */
public record Seed(byte[] root, byte @Nullable [] timestamp, byte @Nullable [] snapshot) {
    // Not the compact form: JDK 17 drops the components' type annotations from its parameters.
    public Seed(byte[] root, byte @Nullable [] timestamp, byte @Nullable [] snapshot) {
        Objects.requireNonNull(root, "root");
        if (timestamp == null && snapshot != null) {
            throw new IllegalArgumentException("snapshot: given without a timestamp (expected: both or none)");
        }
        this.root = root;
        this.timestamp = timestamp;
        this.snapshot = snapshot;
    }

    /** A seed of the root alone: a new endpoint can then be shown an old, unexpired state. */
    public static Seed ofRoot(byte[] root) {
        return new Seed(root, null, null);
    }
}
