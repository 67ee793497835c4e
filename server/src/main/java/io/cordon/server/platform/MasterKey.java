package io.cordon.server.platform;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The 32 bytes outside the database that seal every private key inside it (AES-256-GCM). The name of the secret is the
 * associated data, so a sealed value cannot be moved to another name.
 */
public final class MasterKey {

    /** Bytes of the key. */
    public static final int LENGTH = 32;

    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    public MasterKey(byte[] key) {
        if (key.length != LENGTH) {
            throw new IllegalArgumentException("master key: " + key.length + " bytes (expected: " + LENGTH + ")");
        }
        this.key = new SecretKeySpec(key, "AES");
    }

    /** Nonce, ciphertext and tag. */
    public byte[] seal(String name, byte[] plain) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, name, nonce).doFinal(plain);
            byte[] result = Arrays.copyOf(nonce, NONCE + sealed.length);
            System.arraycopy(sealed, 0, result, NONCE, sealed.length);
            return result;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot seal " + name, e);
        }
    }

    /**
     * Opens what {@link #seal} made.
     *
     * @throws WrongKeyException when it was sealed with another key, under another name, or has been altered
     */
    public byte[] open(String name, byte[] sealed) throws WrongKeyException {
        if (sealed.length < NONCE + TAG_BITS / 8) {
            throw new WrongKeyException(name);
        }
        try {
            return cipher(Cipher.DECRYPT_MODE, name, Arrays.copyOf(sealed, NONCE))
                    .doFinal(sealed, NONCE, sealed.length - NONCE);
        } catch (AEADBadTagException e) {
            throw new WrongKeyException(name);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot open " + name, e);
        }
    }

    private Cipher cipher(int mode, String name, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(("cordon:" + name).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    /** The secret was not sealed by this key under this name. */
    public static final class WrongKeyException extends Exception {
        WrongKeyException(String name) {
            super("the secret " + name + " does not open with this master key");
        }
    }
}
