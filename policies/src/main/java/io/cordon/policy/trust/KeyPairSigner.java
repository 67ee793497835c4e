package io.cordon.policy.trust;

/** A signer over a key pair in memory. */
public final class KeyPairSigner implements Signer {
    private KeyPairSigner() {}

    public static KeyPairSigner generateEd25519() {
        throw new UnsupportedOperationException();
    }

    public static KeyPairSigner generateP256() {
        throw new UnsupportedOperationException();
    }

    /**
     * From stored key bytes.
     *
     * @param pkcs8 DER of the private key, as {@link #pkcs8()} gives it
     * @param spki DER of the public key, as {@code key().spki()} gives it
     * @throws IllegalArgumentException when the two are not one pair
     */
    public static KeyPairSigner load(byte[] pkcs8, byte[] spki) {
        throw new UnsupportedOperationException();
    }

    /** DER of the private key; a secret. */
    public byte[] pkcs8() {
        throw new UnsupportedOperationException();
    }

    @Override
    public VerificationKey key() {
        throw new UnsupportedOperationException();
    }

    @Override
    public byte[] sign(byte[] message) {
        throw new UnsupportedOperationException();
    }
}
