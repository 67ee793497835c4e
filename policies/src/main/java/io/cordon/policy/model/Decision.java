package io.cordon.policy.model;

import java.util.Locale;

/** What a policy says about one act, ordered from the most to the least permissive (SPEC 4.1). */
public enum Decision {
    /** The act goes ahead, confined. */
    ALLOW,
    /** Somebody has to approve; with nobody to ask it is a refusal. */
    PROMPT,
    /** The act is refused. */
    DENY;

    /** The stricter of this and the other decision. */
    public Decision strictest(Decision other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /** True when this decision permits more than the other. */
    public boolean isMorePermissiveThan(Decision other) {
        return compareTo(other) < 0;
    }

    /** The word used in documents, records and answers: {@code allow}, {@code prompt} or {@code deny}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads {@link #word()} back. */
    public static Decision ofWord(String word) {
        return Words.find(values(), word, "decision");
    }
}
