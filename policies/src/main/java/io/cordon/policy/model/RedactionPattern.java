package io.cordon.policy.model;

import java.util.regex.Pattern;

/** A regular expression whose matches are replaced in recorded arguments; only from the safe subset (SPEC 2.8). */
public record RedactionPattern(String value) {

    public RedactionPattern {
        String problem = SafeRegex.problem(value);
        if (problem != null) {
            throw new IllegalArgumentException("redact: " + value + " (expected: " + problem + ")");
        }
    }

    /** The compiled expression. */
    public Pattern pattern() {
        return Pattern.compile(value);
    }
}
