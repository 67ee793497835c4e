package io.cordon.policy.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Enum constants as they are written in documents: lower case, nothing else accepted. */
final class Words {

    private Words() {}

    static <E extends Enum<E>> E find(E[] values, String word, String what) {
        for (E value : values) {
            if (value.name().toLowerCase(Locale.ROOT).equals(word)) {
                return value;
            }
        }
        String expected = Arrays.stream(values)
                .map(v -> v.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(" | "));
        throw new IllegalArgumentException(what + ": " + word + " (expected: " + expected + ")");
    }
}
