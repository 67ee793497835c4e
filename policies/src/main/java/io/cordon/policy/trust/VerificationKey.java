package io.cordon.policy.trust;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.PublicKey;

/** A public key as it stands in root metadata. */
public final class VerificationKey {
    private VerificationKey() {}

    /** From a JDK key: Ed25519, or EC on P-256 or P-384. */
    public static VerificationKey of(PublicKey key) {
        throw new UnsupportedOperationException();
    }

    /** From the DER of an X.509 SubjectPublicKeyInfo. */
    public static VerificationKey ofSpki(byte[] der) {
        throw new UnsupportedOperationException();
    }

    /** DER of the X.509 SubjectPublicKeyInfo. */
    public byte[] spki() {
        throw new UnsupportedOperationException();
    }

    /** SHA-256 of the canonical JSON of the key, lower case hexadecimal. */
    public String keyId() {
        throw new UnsupportedOperationException();
    }

    /** Algorithm and key material: equal for the same key, however it is written. */
    public String value() {
        throw new UnsupportedOperationException();
    }

    /** As it stands in root metadata: {@code keytype}, {@code scheme}, {@code keyval.public}. */
    public ObjectNode toJson() {
        throw new UnsupportedOperationException();
    }
}
