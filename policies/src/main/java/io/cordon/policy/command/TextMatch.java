package io.cordon.policy.command;

import io.cordon.policy.model.Glob;
import java.util.Locale;

/** Globs of rules against words that may be partly unknown. */
final class TextMatch {

    private static final int LONGEST_UNKNOWN = 4096;

    private TextMatch() {}

    /** Whether the glob means the text; MAYBE when unknown characters could make it so. */
    static Verdict match(String glob, String text, boolean ignoreCase) {
        String pattern = ignoreCase ? glob.toLowerCase(Locale.ROOT) : glob;
        String value = ignoreCase ? text.toLowerCase(Locale.ROOT) : text;
        if (Glob.matches(pattern, value)) {
            return Verdict.YES;
        }
        boolean known = value.chars().noneMatch(c -> Word.isSign((char) c));
        return !known && (value.length() > LONGEST_UNKNOWN || meet(pattern, value)) ? Verdict.MAYBE : Verdict.NO;
    }

    /** True when some text is meant by both: both are globs, each with signs of its own. */
    private static boolean meet(String pattern, String value) {
        boolean[][] meets = new boolean[pattern.length() + 1][value.length() + 1];
        for (int p = pattern.length(); p >= 0; p--) {
            for (int v = value.length(); v >= 0; v--) {
                meets[p][v] = meetsAt(pattern, value, p, v, meets);
            }
        }
        return meets[0][0];
    }

    private static boolean meetsAt(String pattern, String value, int p, int v, boolean[][] meets) {
        boolean patternEnds = p == pattern.length();
        boolean valueEnds = v == value.length();
        if (patternEnds && valueEnds) {
            return true;
        }
        boolean star = !patternEnds && pattern.charAt(p) == '*';
        boolean run = !valueEnds && (value.charAt(v) == Word.ANY_RUN || value.charAt(v) == Word.NAME_RUN);
        if ((star && meets[p + 1][v]) || (run && meets[p][v + 1])) {
            return true;
        }
        if (patternEnds || valueEnds) {
            return false;
        }
        if (star) {
            return meets[p][v + 1];
        }
        if (run) {
            boolean name = value.charAt(v) == Word.NAME_RUN;
            return !(name && isOutsideName(pattern, p)) && meets[p + 1][v];
        }
        boolean same =
                pattern.charAt(p) == '?' || value.charAt(v) == Word.ANY_ONE || pattern.charAt(p) == value.charAt(v);
        return same && meets[p + 1][v + 1];
    }

    /** What a wildcard never finds: a slash, a home, and a dot at the beginning of a name. */
    private static boolean isOutsideName(String pattern, int p) {
        char c = pattern.charAt(p);
        return c == '/' || c == '~' || (c == '.' && (p == 0 || pattern.charAt(p - 1) == '/'));
    }
}
