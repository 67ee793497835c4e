package io.cordon.policy.command;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Whether an argument is the one that a rule names. Loosely: combined short options, values attached to options and
 * abbreviated long options count. Exactly: only the argument as the rule writes it.
 */
record ArgumentMatch(boolean loose, boolean ignoreCase) {

    private static final Pattern SHORT_OPTION = Pattern.compile("-[A-Za-z0-9]");
    private static final int SHORTEST_ABBREVIATION = 4;

    /** Whether one of the words is the argument. */
    Verdict in(List<Word> words, String wanted) {
        Verdict best = Verdict.NO;
        for (Word word : words) {
            Verdict verdict = one(word.text(), wanted);
            best = best.or(word.many() ? verdict.or(Verdict.MAYBE).and(Verdict.MAYBE) : verdict);
            if (best == Verdict.YES) {
                return best;
            }
        }
        return best;
    }

    private Verdict one(String word, String wanted) {
        Verdict whole = TextMatch.match(wanted, word, ignoreCase);
        if (!loose || whole == Verdict.YES || word.length() < 2 || word.charAt(0) != '-') {
            return whole;
        }
        boolean found = word.startsWith("--") ? inLongOption(word, wanted) : inShortOptions(word, wanted);
        return found ? Verdict.YES : whole;
    }

    private boolean inLongOption(String word, String wanted) {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        if (TextMatch.match(wanted, name, ignoreCase) == Verdict.YES) {
            return true;
        }
        if (equals >= 0 && !wanted.startsWith("-") && matches(wanted, word.substring(equals + 1))) {
            return true;
        }
        return wanted.startsWith("--")
                && name.length() >= SHORTEST_ABBREVIATION
                && name.length() < wanted.length()
                && wanted.charAt(name.length()) != '-'
                && wanted.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT));
    }

    private boolean inShortOptions(String word, String wanted) {
        if (SHORT_OPTION.matcher(wanted).matches()) {
            return word.indexOf(wanted.charAt(1), 1) > 0;
        }
        return !wanted.startsWith("-") && word.length() > 2 && matches(wanted, word.substring(2));
    }

    private boolean matches(String wanted, String text) {
        return TextMatch.match(wanted, text, ignoreCase) == Verdict.YES;
    }
}
