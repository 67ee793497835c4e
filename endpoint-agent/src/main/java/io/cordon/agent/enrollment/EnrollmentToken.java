package io.cordon.agent.enrollment;

import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A single-use enrollment token as an administrator hands it over: {@code cet1.<id>.<secret>.<pin>}.
 *
 * @param id 16 base32 characters, public
 * @param text the whole token; secret, so it never appears in {@link #toString()}
 * @param pin the SHA-256 of the certificate authority (DER) that the server's TLS chain must lead to, 64 hexadecimal digits
 */
public record EnrollmentToken(String id, String text, String pin) {
    private static final Pattern SHAPE =
            Pattern.compile("cet1\\.([A-Za-z2-7]{16})\\.([A-Za-z0-9_-]{43})\\.([A-Za-z0-9_-]{43})");

    /** A text that is an enrollment token, or why it is none. */
    public sealed interface Parsed {
        /** The text is a token. */
        record Token(EnrollmentToken token) implements Parsed {}

        /** The text is no token; {@code message} says what to do and never quotes the text. */
        record NotAToken(String message) implements Parsed {}
    }

    /** Reads a token; white space around it is ignored because tokens come out of files and mails. */
    public static Parsed parse(String given) {
        String text = given.strip();
        Matcher matcher = SHAPE.matcher(text);
        if (!matcher.matches()) {
            return new Parsed.NotAToken(
                    text.startsWith("cet1.")
                            ? "the enrollment token is damaged (expected: cet1.<id>.<secret>.<pin>, 109 characters; found "
                                    + text.length() + "): copy it again as a whole"
                            : "this is not an enrollment token (expected: text that begins with \"cet1.\"): create one in the"
                                    + " console under Enrollment");
        }
        byte[] hash = Base64.getUrlDecoder().decode(matcher.group(3));
        return new Parsed.Token(
                new EnrollmentToken(matcher.group(1), text, HexFormat.of().formatHex(hash)));
    }

    @Override
    public String toString() {
        return "EnrollmentToken[" + id + "]";
    }
}
