package io.cordon.policy.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of a coding agent as it is compared: its leading numbers, number by number, what is missing counting as 0. What follows them
 * ({@code -alpha.1}, {@code -linux-x64}) does not count.
 *
 * @param numbers one to four, each below 2^31
 */
public record AgentVersion(List<Integer> numbers) implements Comparable<AgentVersion> {
    private static final Pattern LEADING = Pattern.compile("^v?(\\d{1,9}(?:\\.\\d{1,9}){0,3})");

    public AgentVersion {
        numbers = List.copyOf(numbers);
    }

    /** Reads a version; empty when it does not begin with a number. */
    public static Optional<AgentVersion> of(String text) {
        Matcher matcher = LEADING.matcher(text);
        if (!matcher.find()) {
            return Optional.empty();
        }
        List<Integer> numbers = new ArrayList<>();
        for (String number : matcher.group(1).split("\\.")) {
            numbers.add(Integer.parseInt(number));
        }
        return Optional.of(new AgentVersion(numbers));
    }

    /**
     * Reads the lowest version that a policy lets run.
     *
     * @throws IllegalArgumentException when it does not begin with a number
     */
    public static AgentVersion lowest(String text) {
        return of(text).orElseThrow(() -> new IllegalArgumentException(
                "minVersion: " + text + " (expected: one to four numbers such as 0.150.0)"));
    }

    @Override
    public int compareTo(AgentVersion other) {
        for (int i = 0; i < Math.max(numbers.size(), other.numbers.size()); i++) {
            int order = Integer.compare(at(i), other.at(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private int at(int index) {
        return index < numbers.size() ? numbers.get(index) : 0;
    }
}
