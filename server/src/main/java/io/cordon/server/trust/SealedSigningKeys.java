package io.cordon.server.trust;

import io.cordon.policy.trust.KeyPairSigner;
import io.cordon.policy.trust.Role;
import io.cordon.server.platform.Secrets;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * Keys in the database, sealed by the master key that is not in it: a copy of the database alone signs nothing. Read anew for
 * each signature that is made, which is seldom, so that no private key stays in memory.
 */
@ApplicationScoped
public class SealedSigningKeys implements SigningKeys {
    private final Secrets secrets;

    public SealedSigningKeys(Secrets secrets) {
        this.secrets = secrets;
    }

    @Override
    public KeyPairSigner of(Role role) {
        byte[] stored = secrets.readOrCreate(name(role), () -> write(SigningKeys.generate(role)));
        return read(role, stored);
    }

    static String name(Role role) {
        return "trust." + role.text();
    }

    private static byte[] write(KeyPairSigner signer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            byte[] privateKey = signer.pkcs8();
            out.writeInt(privateKey.length);
            out.write(privateKey);
            out.write(signer.key().spki());
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    private static KeyPairSigner read(Role role, byte[] stored) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(stored))) {
            byte[] privateKey = in.readNBytes(in.readInt());
            return KeyPairSigner.load(privateKey, in.readAllBytes());
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalStateException("signing key of " + role.text() + ": damaged (expected: a key pair)", e);
        }
    }
}
