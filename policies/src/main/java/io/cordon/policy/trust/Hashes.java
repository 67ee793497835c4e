package io.cordon.policy.trust;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** Hashes of files as metadata writes them: lower case hexadecimal. */
final class Hashes {
    private Hashes() {}

    static String sha256(byte[] bytes) {
        return hash("sha256", bytes);
    }

    static String hash(String algorithm, byte[] bytes) {
        try {
            String name = Fields.HASHES.getOrDefault(algorithm, algorithm);
            return HexFormat.of().formatHex(MessageDigest.getInstance(name).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("hash " + algorithm + " is missing from this JDK", e);
        }
    }

    /** Refuses bytes that differ from any of the signed hashes. */
    static void require(byte[] bytes, Map<String, String> hashes, String subject, String step)
            throws RejectedException {
        for (Map.Entry<String, String> each : hashes.entrySet()) {
            String found = hash(each.getKey(), bytes);
            if (!found.equals(each.getValue())) {
                throw new RejectedException(
                        Refusal.HASH,
                        subject,
                        each.getKey() + " " + found,
                        each.getKey() + " " + each.getValue(),
                        step);
            }
        }
    }

    static boolean match(byte[] bytes, Map<String, String> hashes) {
        return hashes.entrySet().stream()
                .allMatch(each -> hash(each.getKey(), bytes).equals(each.getValue()));
    }
}
