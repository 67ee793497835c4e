package io.cordon.policy.trust;

import java.util.Arrays;
import java.util.Optional;

/** The signature schemes that Cordon verifies; keys of any other scheme count as absent. */
enum KeyScheme {
    ED25519("ed25519", "ed25519", "Ed25519", 255),
    ECDSA_P256("ecdsa", "ecdsa-sha2-nistp256", "SHA256withECDSA", 256),
    ECDSA_P384("ecdsa", "ecdsa-sha2-nistp384", "SHA384withECDSA", 384);

    final String keyType;
    final String scheme;
    /** Name of the signature algorithm in the JDK. */
    final String algorithm;
    /** Size of the curve's field. */
    final int bits;

    KeyScheme(String keyType, String scheme, String algorithm, int bits) {
        this.keyType = keyType;
        this.scheme = scheme;
        this.algorithm = algorithm;
        this.bits = bits;
    }

    /** By the names in metadata; older repositories repeat the scheme as the key type. */
    static Optional<KeyScheme> of(String keyType, String scheme) {
        return Arrays.stream(values())
                .filter(each -> each.scheme.equals(scheme) && (each.keyType.equals(keyType) || scheme.equals(keyType)))
                .findFirst();
    }
}
