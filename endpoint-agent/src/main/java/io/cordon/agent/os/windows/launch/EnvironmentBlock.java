package io.cordon.agent.os.windows.launch;

import java.util.Map;
import java.util.TreeMap;

/** An environment as {@code CreateProcess} takes it: {@code NAME=value} strings, each ended by a NUL, and one more NUL. */
final class EnvironmentBlock {
    /** Longest variable, {@code NAME=value} and its NUL, in UTF-16 units. */
    static final int MAX_VARIABLE = 32_767;

    private EnvironmentBlock() {}

    /** Sorted by names without case, as Windows keeps it and searches it. */
    static String of(Map<String, String> variables) throws LaunchException {
        Map<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        sorted.putAll(variables);
        StringBuilder block = new StringBuilder();
        for (Map.Entry<String, String> variable : sorted.entrySet()) {
            String name = variable.getKey();
            // The shells' hidden variables, such as "=C:", start with the sign that otherwise ends a name.
            if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0) {
                throw new LaunchException("environment", "variable \"" + name + "\" (expected: a name without =)");
            }
            if (variable.getValue().indexOf('\0') >= 0) {
                throw new LaunchException("environment", "variable " + name + " contains a NUL");
            }
            String entry = name + "=" + variable.getValue();
            if (entry.length() >= MAX_VARIABLE) {
                throw new LaunchException(
                        "environment",
                        "variable " + name + ": " + entry.length() + " characters (expected: fewer than " + MAX_VARIABLE
                                + ")");
            }
            block.append(entry).append('\0');
        }
        return (block.isEmpty() ? block.append('\0') : block).append('\0').toString();
    }
}
