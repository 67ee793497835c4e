package io.cordon.policy.trust;

/** One private key, wherever it is held; the publisher only ever asks for signatures. */
public interface Signer {
    VerificationKey key();

    default String keyId() {
        return key().keyId();
    }

    /** Signs the exact bytes: 64 bytes for Ed25519, DER for ECDSA (over SHA-256 with P-256, SHA-384 with P-384). */
    byte[] sign(byte[] message);
}
