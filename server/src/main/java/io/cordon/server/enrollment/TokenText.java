package io.cordon.server.enrollment;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An enrollment token as it is handed over: {@code cet1.<id>.<secret>.<pin>}. The id finds the row, the secret (of which the
 * server keeps the SHA-256) proves the right, the pin tells the endpoint which server to trust.
 *
 * @param id 16 characters of base32
 * @param secret base64url of 32 random bytes
 * @param pin base64url of SHA-256 over the authority's certificate
 */
record TokenText(String id, String secret, String pin) {

    private static final Pattern FORM = Pattern.compile("cet1\\.([a-z2-7]{16})\\.([\\w-]{43})\\.([\\w-]{43})");
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final SecureRandom RANDOM = new SecureRandom();

    static TokenText create(String pin) {
        StringBuilder id = new StringBuilder();
        for (int i = 0; i < 16; i++) {
            id.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        byte[] secret = new byte[32];
        RANDOM.nextBytes(secret);
        return new TokenText(
                id.toString(), Base64.getUrlEncoder().withoutPadding().encodeToString(secret), pin);
    }

    static Optional<TokenText> parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        return matcher.matches()
                ? Optional.of(new TokenText(matcher.group(1), matcher.group(2), matcher.group(3)))
                : Optional.empty();
    }

    String text() {
        return "cet1." + id + "." + secret + "." + pin;
    }

    byte[] secretHash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "cet1." + id;
    }
}
