package io.cordon.server.trust;

import io.cordon.policy.trust.KeyPairSigner;
import io.cordon.policy.trust.Role;

/**
 * The port of the software keystore: one key for each role. Where approvals are separated, the keys of root and targets are
 * not here but with people; that is another implementation. Every implementation passes {@code SigningKeysContract}.
 */
public interface SigningKeys {

    /**
     * The role's key, made at the first call; every node gets the same. ECDSA P-256 for root and targets, which people may hold
     * one day; Ed25519 for snapshot and timestamp, which servers hold.
     *
     * @throws IllegalStateException when the keystore cannot be read
     */
    KeyPairSigner of(Role role);

    /** A new key for the role, of the role's algorithm. */
    static KeyPairSigner generate(Role role) {
        return switch (role) {
            case ROOT, TARGETS -> KeyPairSigner.generateP256();
            case SNAPSHOT, TIMESTAMP -> KeyPairSigner.generateEd25519();
        };
    }
}
