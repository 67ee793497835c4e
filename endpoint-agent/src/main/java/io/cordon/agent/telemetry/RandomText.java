package io.cordon.agent.telemetry;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds what looks like a key because it is random: long, of upper and lower case and digits mixed, with next to no repetition.
 * Hexadecimal is left alone, since ids and digests are hexadecimal; what is secret among it is caught by the name before it.
 */
final class RandomText {
    private static final int SHORTEST = 24;
    private static final int LONGEST = 512;
    /** Bits a character. English in mixed case has about 4, random base64 of 24 characters about 4.3 and of 40 about 4.9. */
    private static final double LEAST_ENTROPY = 4.0;
    /** A path has slashes as well, so with them more is asked for. */
    private static final double LEAST_WITH_SLASH = 4.5;

    private static final Pattern CANDIDATE = Pattern.compile("[A-Za-z0-9+/_=-]{" + SHORTEST + "," + LONGEST + "}");

    private RandomText() {}

    static String replace(String text, UnaryOperator<String> hidden) {
        Matcher matcher = CANDIDATE.matcher(text);
        StringBuilder out = null;
        int copied = 0;
        while (matcher.find()) {
            if (isRandom(matcher.group())) {
                out = out == null ? new StringBuilder() : out;
                out.append(text, copied, matcher.start()).append(hidden.apply(matcher.group()));
                copied = matcher.end();
            }
        }
        return out == null ? text : out.append(text, copied, text.length()).toString();
    }

    static boolean isRandom(String word) {
        boolean mixed = word.chars().anyMatch(Character::isUpperCase)
                && word.chars().anyMatch(Character::isLowerCase)
                && word.chars().filter(Character::isDigit).count() >= 2;
        return mixed && entropy(word) >= (word.indexOf('/') >= 0 ? LEAST_WITH_SLASH : LEAST_ENTROPY);
    }

    private static double entropy(String word) {
        int[] counts = new int[128];
        word.chars().forEach(c -> counts[c & 127]++);
        double bits = 0;
        for (int count : counts) {
            if (count > 0) {
                double share = (double) count / word.length();
                bits -= share * Math.log(share) / Math.log(2);
            }
        }
        return bits;
    }
}
