package io.cordon.policy.model;

import java.util.Locale;

/** How much of a command's arguments a record keeps, ordered from the most to the least content (SPEC 2.8). */
public enum ArgumentCapture {
    /** Every argument as given. */
    FULL,
    /** Every argument, with what the redaction patterns match replaced. */
    REDACTED,
    /** The command word, and a SHA-256 of each argument. */
    HASHED,
    /** The command word only. */
    NONE;

    /** The one that keeps less. */
    public ArgumentCapture least(ArgumentCapture other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /** The word used in documents. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads {@link #word()} back. */
    public static ArgumentCapture ofWord(String word) {
        return Words.find(values(), word, "telemetry.arguments");
    }
}
