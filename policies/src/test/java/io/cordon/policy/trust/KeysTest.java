package io.cordon.policy.trust;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys as they stand in root, and the pairs that sign. */
class KeysTest {
    private static final byte[] MESSAGE = "message".getBytes(StandardCharsets.UTF_8);

    static Stream<KeyPairSigner> everyScheme() {
        return Stream.of(KeyPairSigner.generateEd25519(), KeyPairSigner.generateP256(), KeyPairSigner.generateP384());
    }

    @ParameterizedTest
    @MethodSource("everyScheme")
    void signatureVerifiesOverExactlyTheseBytesByThisKeyAlone(KeyPairSigner signer) {
        byte[] signature = signer.sign(MESSAGE);

        assertTrue(signer.key().verifies(MESSAGE, signature));
        assertFalse(signer.key().verifies("messagf".getBytes(StandardCharsets.UTF_8), signature));
        signature[signature.length - 1] ^= 1;
        assertFalse(signer.key().verifies(MESSAGE, signature));
        everyScheme().forEach(other -> assertFalse(other.key().verifies(MESSAGE, signer.sign(MESSAGE))));
    }

    @ParameterizedTest
    @MethodSource("everyScheme")
    void whatIsNoSignatureNeverVerifies(KeyPairSigner signer) {
        assertFalse(signer.key().verifies(MESSAGE, new byte[0]));
        assertFalse(signer.key().verifies(MESSAGE, new byte[64]));
        assertFalse(signer.key().verifies(MESSAGE, new byte[10_000]));
        // DER of r = 0, s = 0, which broken verifiers accept for any message (CVE-2022-21449).
        assertFalse(signer.key().verifies(MESSAGE, HexFormat.of().parseHex("3006020100020100")));
    }

    @ParameterizedTest
    @MethodSource("everyScheme")
    void keySurvivesItsWayThroughRoot(KeyPairSigner signer) {
        VerificationKey read = VerificationKey.read(signer.key().toJson()).orElseThrow();

        assertEquals(signer.key(), read);
        assertEquals(signer.keyId(), read.keyId());
        assertArrayEquals(signer.key().spki(), read.spki());
        assertEquals(64, signer.keyId().length());
    }

    @ParameterizedTest
    @MethodSource("everyScheme")
    void storedPairSignsAsBefore(KeyPairSigner signer) {
        KeyPairSigner loaded = KeyPairSigner.load(signer.pkcs8(), signer.key().spki());

        assertTrue(signer.key().verifies(MESSAGE, loaded.sign(MESSAGE)));
        assertEquals(signer.keyId(), loaded.keyId());
    }

    @ParameterizedTest
    @MethodSource("everyScheme")
    void halvesOfTwoPairsAreNoPair(KeyPairSigner signer) {
        everyScheme()
                .forEach(other -> assertThrows(
                        IllegalArgumentException.class,
                        () -> KeyPairSigner.load(other.pkcs8(), signer.key().spki())));
        assertThrows(
                IllegalArgumentException.class,
                () -> KeyPairSigner.load(new byte[] {1}, signer.key().spki()));
        assertThrows(IllegalArgumentException.class, () -> KeyPairSigner.load(signer.pkcs8(), new byte[] {1}));
    }

    /** Known answer: the key and the signature of RFC 8032, 7.1, test 2. */
    @Test
    void ed25519AgreesWithItsStandard() {
        ObjectNode json =
                json("ed25519", "ed25519", "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
        VerificationKey key = VerificationKey.read(json).orElseThrow();
        byte[] signature = HexFormat.of()
                .parseHex("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                        + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");

        assertTrue(key.verifies(new byte[] {0x72}, signature));
        assertEquals(json, key.toJson());
    }

    /** The id that securesystemslib gives to the same key; both are SHA-256 of the same canonical JSON. */
    @Test
    void keyIdIsTheHashOfTheCanonicalKey() {
        ObjectNode json =
                json("ed25519", "ed25519", "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
        String canonical = "{\"keytype\":\"ed25519\",\"keyval\":{\"public\":"
                + "\"3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c\"},\"scheme\":\"ed25519\"}";

        assertEquals(
                Hashes.sha256(canonical.getBytes(StandardCharsets.UTF_8)),
                VerificationKey.read(json).orElseThrow().keyId());
    }

    @Test
    void unknownOrUnreadableKeysAreSkipped() {
        ObjectNode p256 = KeyPairSigner.generateP256().key().toJson();
        String pem = p256.at("/keyval/public").asText();
        assertEquals(Optional.empty(), VerificationKey.read(json("rsa", "rsassa-pss-sha256", pem)));
        assertEquals(Optional.empty(), VerificationKey.read(json("ecdsa", "ecdsa-sha2-nistp384", pem)));
        assertEquals(Optional.empty(), VerificationKey.read(json("ecdsa", "ecdsa-sha2-nistp256", "no PEM")));
        assertEquals(Optional.empty(), VerificationKey.read(json("ed25519", "ed25519", "00")));
        assertEquals(Optional.empty(), VerificationKey.read(json("ed25519", "ed25519", "zz".repeat(32))));
        assertEquals(Optional.empty(), VerificationKey.read(JsonNodeFactory.instance.textNode("key")));
        assertEquals(Optional.empty(), VerificationKey.read(JsonNodeFactory.instance.objectNode()));
    }

    @Test
    void olderNameOfTheEcdsaKeyTypeIsTheSameKey() {
        VerificationKey key = KeyPairSigner.generateP256().key();
        String pem = key.toJson().at("/keyval/public").asText();

        VerificationKey read = VerificationKey.read(json("ecdsa-sha2-nistp256", "ecdsa-sha2-nistp256", pem.strip()))
                .orElseThrow();

        assertEquals(key.value(), read.value());
    }

    /** y + p encodes the same point as a small y: the same key must not count twice. */
    @Test
    void ed25519KeyInASecondEncodingIsNoKey() {
        // y = 2^255 - 18 = p + 1, the encoding of y = 1 that is not reduced.
        String unreduced = "ee" + "ff".repeat(30) + "7f";

        assertEquals(Optional.empty(), VerificationKey.read(json("ed25519", "ed25519", unreduced)));
    }

    @Test
    void keysOfOtherCurvesAreRefused() throws GeneralSecurityException {
        KeyPairGenerator p521 = KeyPairGenerator.getInstance("EC");
        p521.initialize(new ECGenParameterSpec("secp521r1"));
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");

        assertThrows(
                IllegalArgumentException.class,
                () -> VerificationKey.of(p521.generateKeyPair().getPublic()));
        assertThrows(
                IllegalArgumentException.class,
                () -> VerificationKey.of(rsa.generateKeyPair().getPublic()));
    }

    @Test
    void differentKeysHaveDifferentValuesAndIds() {
        KeyPairSigner one = KeyPairSigner.generateP256();
        KeyPairSigner two = KeyPairSigner.generateP256();

        assertNotEquals(one.key(), two.key());
        assertNotEquals(one.keyId(), two.keyId());
    }

    private static ObjectNode json(String type, String scheme, String value) {
        ObjectNode json =
                JsonNodeFactory.instance.objectNode().put("keytype", type).put("scheme", scheme);
        json.putObject("keyval").put("public", value);
        return json;
    }
}
