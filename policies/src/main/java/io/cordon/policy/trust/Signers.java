package io.cordon.policy.trust;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The signers at hand, by role. A rotation of root needs the old and the new ones under {@link Role#ROOT}. */
public record Signers(Map<Role, List<Signer>> byRole) {
    public Signers {
        EnumMap<Role, List<Signer>> copy = new EnumMap<>(Role.class);
        byRole.forEach((role, signers) -> copy.put(role, List.copyOf(signers)));
        byRole = copy;
    }

    public static Signers none() {
        return new Signers(Map.of());
    }

    /** These and the given signers for the role (instead of those it had). */
    public Signers with(Role role, Signer... signers) {
        EnumMap<Role, List<Signer>> copy = new EnumMap<>(Role.class);
        copy.putAll(byRole);
        copy.put(role, List.of(signers));
        return new Signers(copy);
    }

    List<Signer> of(Role role) {
        return byRole.getOrDefault(role, List.of());
    }
}
