package io.cordon.server.trust;

import io.cordon.policy.trust.KeyPairSigner;
import io.cordon.policy.trust.Role;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The reference: keys that live as long as this object. */
public final class InMemorySigningKeys implements SigningKeys {
    private final Map<Role, KeyPairSigner> keys = new ConcurrentHashMap<>();

    @Override
    public KeyPairSigner of(Role role) {
        return keys.computeIfAbsent(role, SigningKeys::generate);
    }
}
