package io.cordon.policy.trust;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the endpoint verified last.
 *
 * @param timestamp absent when it was dropped after a key rotation or damaged on disk
 * @param snapshot as for timestamp
 * @param targets version and expiry of the targets metadata
 * @param files every target by its path
 */
public record TrustedTargets(
        RoleState root,
        @Nullable RoleState timestamp,
        @Nullable RoleState snapshot,
        RoleState targets,
        Map<String, TargetFile> files) {
    public TrustedTargets {
        files = Map.copyOf(files);
    }

    /** Version and end of validity of one role's metadata. */
    public record RoleState(long version, Instant expires) {}

    /** Versions by role; 0 where the role's metadata is absent. */
    public Versions versions() {
        return new Versions(
                root.version(),
                timestamp == null ? 0 : timestamp.version(),
                snapshot == null ? 0 : snapshot.version(),
                targets.version());
    }

    /** Metadata versions; 0 = absent. */
    public record Versions(long root, long timestamp, long snapshot, long targets) {}

    /** The first moment at which any of the metadata is no longer valid. */
    public Instant expires() {
        return Stream.of(
                        Optional.of(root),
                        Optional.ofNullable(timestamp),
                        Optional.ofNullable(snapshot),
                        Optional.of(targets))
                .flatMap(Optional::stream)
                .map(RoleState::expires)
                .min(Instant::compareTo)
                .orElseThrow();
    }

    /** Since when this state is no longer known to be the newest, empty while it is valid. */
    public Optional<Instant> staleSince(Instant now) {
        Instant expires = expires();
        return expires.isAfter(now) ? Optional.empty() : Optional.of(expires);
    }
}
