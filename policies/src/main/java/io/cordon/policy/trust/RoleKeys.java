package io.cordon.policy.trust;

import java.util.List;

/** The keys of one role, and how many of them have to sign. */
public record RoleKeys(List<VerificationKey> keys, int threshold) {
    public RoleKeys {
        keys = List.copyOf(keys);
        if (threshold < 1 || threshold > keys.size()) {
            throw new PublishRefusedException(
                    "threshold: " + threshold + " (expected: 1 to " + keys.size() + ", the number of keys)");
        }
        if (keys.stream().map(VerificationKey::value).distinct().count() != keys.size()) {
            throw new PublishRefusedException("keys: one key is listed twice (expected: distinct keys)");
        }
    }

    public static RoleKeys single(VerificationKey key) {
        return new RoleKeys(List.of(key), 1);
    }
}
