package io.cordon.policy.model;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Regular expressions that cannot run away: short, no back references, no look-around, and no repetition of a group, so
 * that matching is polynomial with a small exponent.
 */
final class SafeRegex {

    private static final int MAX_LENGTH = 200;
    private static final int MAX_REPETITIONS = 4;

    private SafeRegex() {}

    /** What was expected instead, or null when the expression is safe. */
    static @Nullable String problem(String regex) {
        if (regex.isEmpty() || regex.length() > MAX_LENGTH) {
            return "1 to " + MAX_LENGTH + " characters";
        }
        try {
            Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            return "a regular expression: " + e.getDescription() + " near index " + e.getIndex();
        }
        return shape(regex);
    }

    private static @Nullable String shape(String regex) {
        int repetitions = 0;
        boolean inClass = false;
        for (int i = 0; i < regex.length(); i++) {
            char c = regex.charAt(i);
            char next = i + 1 < regex.length() ? regex.charAt(i + 1) : '\0';
            if (c == '\\') {
                if (Character.isDigit(next) || next == 'k' || next == 'Q') {
                    return "no back references and no \\Q";
                }
                i++;
            } else if (inClass) {
                inClass = c != ']';
            } else if (c == '[') {
                inClass = true;
            } else if (c == '(' && next == '?' && !isPlainGroup(regex, i)) {
                return "no look-around; only ( ), (?: ) and (?i)";
            } else if (c == ')' && (next == '*' || next == '+' || next == '{')) {
                return "no repetition of a group";
            } else if ((c == '*' || c == '+' || c == '{') && ++repetitions > MAX_REPETITIONS) {
                return "at most " + MAX_REPETITIONS + " repetitions";
            }
        }
        return null;
    }

    private static boolean isPlainGroup(String regex, int open) {
        return regex.startsWith("(?:", open) || regex.startsWith("(?i)", open);
    }
}
