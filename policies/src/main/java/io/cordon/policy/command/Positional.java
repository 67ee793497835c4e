package io.cordon.policy.command;

import io.cordon.policy.model.CommandMatch;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The {@code argv} of a rule against the words of a command. */
final class Positional {

    /** Options that stand before the subcommand and take the next word as their value. */
    private static final Map<String, Set<String>> VALUED = Map.of(
            "git",
            Set.of(
                    "-C",
                    "-c",
                    "--git-dir",
                    "--work-tree",
                    "--namespace",
                    "--super-prefix",
                    "--config-env",
                    "--attr-source",
                    "--exec-path"));

    private Positional() {}

    /** Tokens and words one to one from the first, the name as written. */
    static boolean exactly(CommandMatch match, SimpleCommand command) {
        List<List<String>> tokens = match.argv();
        List<Word> words = command.words();
        if (words.size() < tokens.size()) {
            return false;
        }
        for (int i = 0; i < tokens.size(); i++) {
            Word word = words.get(i);
            boolean ignoreCase = i > 0 && match.ignoreCase();
            String text = i == 0 ? lastComponent(word.text(), tokens.get(0)) : word.text();
            if (!word.isKnown() || any(tokens.get(i), text, ignoreCase) != Verdict.YES) {
                return false;
            }
        }
        return true;
    }

    private static String lastComponent(String word, List<String> alternatives) {
        return alternatives.contains(word) ? word : word.substring(word.lastIndexOf('/') + 1);
    }

    /**
     * Tokens in their order among the words, where options may be skipped, and what follows an option as its value.
     * {@code after} is true when the word before may be an option that takes this one.
     */
    static Verdict loosely(CommandMatch match, SimpleCommand command) {
        Verdict name = name(match.argv().get(0), command.words().get(0));
        if (name == Verdict.NO) {
            return Verdict.NO;
        }
        List<List<String>> tokens = match.argv();
        List<Word> words = command.words();
        Set<String> valued = VALUED.get(command.name());
        Verdict[][] plain = new Verdict[tokens.size() + 1][words.size() + 1];
        Verdict[][] after = new Verdict[tokens.size() + 1][words.size() + 1];
        for (int t = tokens.size(); t >= 1; t--) {
            for (int w = words.size(); w >= 1; w--) {
                plain[t][w] = at(t, w, false, tokens, words, plain, after, valued, match.ignoreCase());
                after[t][w] = at(t, w, true, tokens, words, plain, after, valued, match.ignoreCase());
            }
        }
        return name.and(plain[1][1]);
    }

    private static Verdict at(
            int t,
            int w,
            boolean mayBeValue,
            List<List<String>> tokens,
            List<Word> words,
            Verdict[][] plain,
            Verdict[][] after,
            @Nullable Set<String> valued,
            boolean ignoreCase) {
        if (t == tokens.size()) {
            return Verdict.YES;
        }
        if (w == words.size()) {
            return Verdict.NO;
        }
        Word word = words.get(w);
        Verdict best = any(tokens.get(t), word.text(), ignoreCase).and(plain[t + 1][w + 1]);
        if (word.isOption()) {
            boolean takesNext = valued == null ? word.text().indexOf('=') < 0 : valued.contains(word.text());
            best = best.or(
                    takesNext && valued != null ? value(t, w + 1, plain) : (takesNext ? after : plain)[t][w + 1]);
        } else if (word.mayBeOption()) {
            best = best.or(after[t][w + 1].and(Verdict.MAYBE));
        }
        if (mayBeValue) {
            best = best.or(plain[t][w + 1]);
        }
        return word.many() ? best.or(Verdict.MAYBE) : best;
    }

    /** The word at {@code w} is the value of an option for sure: go on behind it. */
    private static Verdict value(int t, int w, Verdict[][] plain) {
        return w + 1 < plain[t].length ? plain[t][w + 1] : Verdict.NO;
    }

    private static Verdict name(List<String> alternatives, Word word) {
        Verdict best = Verdict.NO;
        for (String alternative : alternatives) {
            String text = CommandName.isPath(alternative) ? word.text() : CommandName.of(word.text());
            best = best.or(TextMatch.match(alternative, text, true));
        }
        return word.many() && best == Verdict.NO ? Verdict.MAYBE : best;
    }

    private static Verdict any(List<String> alternatives, String text, boolean ignoreCase) {
        Verdict best = Verdict.NO;
        for (String alternative : alternatives) {
            best = best.or(TextMatch.match(alternative, text, ignoreCase));
        }
        return best;
    }
}
