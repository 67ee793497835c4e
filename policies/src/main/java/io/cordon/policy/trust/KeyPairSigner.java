package io.cordon.policy.trust;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;

/** A signer over a key pair in memory. */
public final class KeyPairSigner implements Signer {
    private final PrivateKey privateKey;
    private final VerificationKey key;

    private KeyPairSigner(PrivateKey privateKey, VerificationKey key) {
        this.privateKey = privateKey;
        this.key = key;
    }

    public static KeyPairSigner generateEd25519() {
        try {
            return of(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Ed25519 is missing from this JDK", e);
        }
    }

    public static KeyPairSigner generateP256() {
        return generateEc("secp256r1");
    }

    public static KeyPairSigner generateP384() {
        return generateEc("secp384r1");
    }

    private static KeyPairSigner generateEc(String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return of(generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(curve + " is missing from this JDK", e);
        }
    }

    private static KeyPairSigner of(KeyPair pair) {
        return new KeyPairSigner(pair.getPrivate(), VerificationKey.of(pair.getPublic()));
    }

    /**
     * From stored key bytes.
     *
     * @param pkcs8 DER of the private key, as {@link #pkcs8()} gives it
     * @param spki DER of the public key, as {@code key().spki()} gives it
     * @throws IllegalArgumentException when one is unreadable, or the two are not one pair
     */
    public static KeyPairSigner load(byte[] pkcs8, byte[] spki) {
        VerificationKey key = VerificationKey.ofSpki(spki);
        try {
            KeyFactory factory = KeyFactory.getInstance(key.scheme() == KeyScheme.ED25519 ? "Ed25519" : "EC");
            KeyPairSigner signer = new KeyPairSigner(factory.generatePrivate(new PKCS8EncodedKeySpec(pkcs8)), key);
            byte[] probe = "cordon key pair check".getBytes(StandardCharsets.US_ASCII);
            if (key.verifies(probe, signer.sign(probe))) {
                return signer;
            }
        } catch (GeneralSecurityException | IllegalStateException e) {
            throw new IllegalArgumentException("key: unreadable (expected: the PKCS#8 key of " + key.keyId() + ")", e);
        }
        throw new IllegalArgumentException("key: of another pair (expected: the private key of " + key.keyId() + ")");
    }

    /** DER of the private key; a secret. */
    public byte[] pkcs8() {
        return privateKey.getEncoded().clone();
    }

    @Override
    public VerificationKey key() {
        return key;
    }

    @Override
    public byte[] sign(byte[] message) {
        try {
            Signature signature = Signature.getInstance(key.scheme().algorithm);
            signature.initSign(privateKey);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("signing with key " + key.keyId() + " failed", e);
        }
    }
}
