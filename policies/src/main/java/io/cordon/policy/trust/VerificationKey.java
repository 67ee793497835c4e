package io.cordon.policy.trust;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.EllipticCurve;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/** A public key as it stands in root metadata: Ed25519, or ECDSA on P-256 or P-384. Equal when the key itself is equal. */
public final class VerificationKey {
    /** What stands before the 32 key bytes in the DER of an Ed25519 SubjectPublicKeyInfo (RFC 8410). */
    private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final BigInteger ED25519_FIELD = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
    private static final String PEM_BEGIN = "-----BEGIN PUBLIC KEY-----";
    private static final String PEM_END = "-----END PUBLIC KEY-----";

    private final KeyScheme scheme;
    private final PublicKey key;
    private final String value;

    private VerificationKey(KeyScheme scheme, PublicKey key, String value) {
        this.scheme = scheme;
        this.key = key;
        this.value = value;
    }

    /**
     * From a JDK key: Ed25519, or EC on P-256 or P-384.
     *
     * @throws IllegalArgumentException for any other key
     */
    public static VerificationKey of(PublicKey key) {
        if (key instanceof ECPublicKey ec) {
            KeyScheme scheme = schemeOf(ec);
            String value = scheme.scheme + ":" + ec.getW().getAffineX().toString(16) + ":"
                    + ec.getW().getAffineY().toString(16);
            return new VerificationKey(scheme, key, value);
        }
        if (key instanceof EdECPublicKey ed && ed.getParams().getName().equals("Ed25519")) {
            // One point has several encodings when y is not reduced; only the canonical one is a key.
            if (ed.getPoint().getY().compareTo(ED25519_FIELD) >= 0) {
                throw new IllegalArgumentException("key: y is not reduced (expected: a canonical Ed25519 key)");
            }
            return new VerificationKey(KeyScheme.ED25519, key, "ed25519:" + hex(raw(key)));
        }
        throw new IllegalArgumentException("key: " + key.getAlgorithm() + " (expected: Ed25519, P-256 or P-384)");
    }

    /**
     * From the DER of an X.509 SubjectPublicKeyInfo.
     *
     * @throws IllegalArgumentException when it holds no such key
     */
    public static VerificationKey ofSpki(byte[] der) {
        boolean edwards = der.length == ED25519_PREFIX.length + 32
                && Arrays.equals(der, 0, ED25519_PREFIX.length, ED25519_PREFIX, 0, ED25519_PREFIX.length);
        try {
            KeyFactory factory = KeyFactory.getInstance(edwards ? "Ed25519" : "EC");
            return of(factory.generatePublic(new X509EncodedKeySpec(der)));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "key: unreadable (expected: a public key of Ed25519, P-256 or P-384)", e);
        }
    }

    /** A key of root metadata, or nothing when its type or its bytes are not ours to verify with: it then never counts. */
    static Optional<VerificationKey> read(JsonNode json) {
        Optional<KeyScheme> scheme =
                KeyScheme.of(json.path("keytype").asText(), json.path("scheme").asText());
        String text = json.path("keyval").path("public").asText();
        try {
            return scheme.map(each -> ofSpki(each == KeyScheme.ED25519 ? ed25519Spki(text) : pemSpki(text)))
                    .filter(key -> key.scheme == scheme.orElseThrow());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** DER of the X.509 SubjectPublicKeyInfo. */
    public byte[] spki() {
        return key.getEncoded().clone();
    }

    /** SHA-256 of the canonical JSON of the key, lower case hexadecimal. */
    public String keyId() {
        return Hashes.sha256(OlpcJson.encode(toJson()));
    }

    /** Algorithm and key material: equal for the same key, however it is written. */
    public String value() {
        return value;
    }

    /** As it stands in root metadata: {@code keytype}, {@code scheme}, {@code keyval.public}. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("keytype", scheme.keyType);
        json.putObject("keyval").put("public", scheme == KeyScheme.ED25519 ? hex(raw(key)) : pem());
        json.put("scheme", scheme.scheme);
        return json;
    }

    /** Whether the signature is this key's over exactly these bytes; a malformed signature is simply none. */
    boolean verifies(byte[] message, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance(scheme.algorithm);
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException | RuntimeException e) {
            // The JDK's verifiers throw in many ways on bytes that are no signature; all of them mean "no".
            return false;
        }
    }

    KeyScheme scheme() {
        return scheme;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerificationKey that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return value;
    }

    private static KeyScheme schemeOf(ECPublicKey key) {
        EllipticCurve curve = key.getParams().getCurve();
        if (curve.equals(curve("secp256r1"))) {
            return KeyScheme.ECDSA_P256;
        }
        if (curve.equals(curve("secp384r1"))) {
            return KeyScheme.ECDSA_P384;
        }
        throw new IllegalArgumentException("key: another curve (expected: P-256 or P-384)");
    }

    private static EllipticCurve curve(String name) {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec(name));
            return parameters.getParameterSpec(ECParameterSpec.class).getCurve();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("curve " + name + " is missing from this JDK", e);
        }
    }

    private static byte[] ed25519Spki(String hex) {
        byte[] raw = HexFormat.of().parseHex(hex);
        byte[] der = Arrays.copyOf(ED25519_PREFIX, ED25519_PREFIX.length + raw.length);
        System.arraycopy(raw, 0, der, ED25519_PREFIX.length, raw.length);
        return der;
    }

    private static byte[] pemSpki(String pem) {
        String text = pem.strip();
        if (!text.startsWith(PEM_BEGIN)
                || !text.endsWith(PEM_END)
                || text.length() < PEM_BEGIN.length() + PEM_END.length()) {
            throw new IllegalArgumentException("key: not a PEM public key");
        }
        String body = text.substring(PEM_BEGIN.length(), text.length() - PEM_END.length());
        return Base64.getDecoder().decode(body.replaceAll("\\s", ""));
    }

    private String pem() {
        byte[] newline = {'\n'};
        return PEM_BEGIN + "\n" + Base64.getMimeEncoder(64, newline).encodeToString(key.getEncoded()) + "\n" + PEM_END
                + "\n";
    }

    private static byte[] raw(PublicKey ed25519) {
        byte[] der = ed25519.getEncoded();
        return Arrays.copyOfRange(der, der.length - 32, der.length);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
