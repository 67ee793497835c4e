package io.cordon.policy.model;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The name of an environment variable, with {@code *} for any run of characters (SPEC 2.6). */
public record NamePattern(String value) {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_*()]{1,128}");

    public NamePattern {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "environment: " + value + " (expected: letters, digits, _ and *, at most 128)");
        }
    }

    /** True when the variable is one this pattern means. Case matters on every system. */
    public boolean matches(String variable) {
        return Glob.matches(value, variable);
    }

    /** The pattern for the names that both mean; null when neither contains the other. */
    public @Nullable NamePattern intersect(NamePattern other) {
        if (Glob.matches(value, other.value)) {
            return other;
        }
        return Glob.matches(other.value, value) ? this : null;
    }

    @Override
    public String toString() {
        return value;
    }
}
