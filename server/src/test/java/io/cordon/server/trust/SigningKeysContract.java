package io.cordon.server.trust;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.policy.trust.KeyPairSigner;
import io.cordon.policy.trust.Role;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every {@link SigningKeys} does. */
abstract class SigningKeysContract {

    abstract SigningKeys keys();

    @ParameterizedTest
    @EnumSource(Role.class)
    void givesTheSameKeyOfARoleEveryTime(Role role) {
        assertArrayEquals(keys().of(role).key().spki(), keys().of(role).key().spki());
    }

    @Test
    void givesEachRoleAKeyOfItsOwn() {
        assertEquals(
                4,
                Arrays.stream(Role.values())
                        .map(role -> keys().of(role).key().value())
                        .distinct()
                        .count());
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void signsWithTheAlgorithmOfTheRole(Role role) throws GeneralSecurityException {
        boolean people = role == Role.ROOT || role == Role.TARGETS;
        KeyPairSigner signer = keys().of(role);
        byte[] message = "message".getBytes(StandardCharsets.UTF_8);
        PublicKey key = KeyFactory.getInstance(people ? "EC" : "Ed25519")
                .generatePublic(new X509EncodedKeySpec(signer.key().spki()));
        Signature verifier = Signature.getInstance(people ? "SHA256withECDSA" : "Ed25519");
        verifier.initVerify(key);
        verifier.update(message);
        assertTrue(verifier.verify(signer.sign(message)));
    }
}
