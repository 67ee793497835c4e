package io.cordon.policy.model;

import java.util.Locale;

/** Whether decisions hold (SPEC 4.2). */
public enum Mode {
    /** Decisions are recorded and the command runs; only Cordon's own state stays masked. */
    AUDIT,
    /** Decisions are recorded and hold. */
    ENFORCE;

    /** The word used in documents. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads {@link #word()} back. */
    public static Mode ofWord(String word) {
        return Words.find(values(), word, "mode");
    }
}
