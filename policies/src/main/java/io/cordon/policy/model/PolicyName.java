package io.cordon.policy.model;

import java.util.regex.Pattern;

/** The name of a document: lower-case letters, digits and hyphens, 1 to 63 characters, starting with a letter. */
public record PolicyName(String value) implements Comparable<PolicyName> {

    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]{0,62}");

    public PolicyName {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "metadata.name: " + value + " (expected: a-z, 0-9 and '-', starting with a letter, at most 63)");
        }
    }

    @Override
    public int compareTo(PolicyName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
