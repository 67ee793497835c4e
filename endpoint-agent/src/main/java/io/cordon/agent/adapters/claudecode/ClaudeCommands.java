package io.cordon.agent.adapters.claudecode;

import io.cordon.policy.model.CommandMatch;
import io.cordon.policy.model.CommandRule;
import io.cordon.policy.model.Commands;
import io.cordon.policy.model.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Deny and prompt rules as patterns of Claude Code's Bash tool, each with a whole word where the policy has one, so that a
 * pattern never means more than its rule. Allow rules are not given to it: it would run what it allows without Cordon.
 */
final class ClaudeCommands {
    private static final int MOST_PATTERNS = 64;
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._/=@%+-]+");

    private ClaudeCommands() {}

    /** Adds what can be said; returns the ids of rules that cannot, or only in part. */
    static List<String> put(Commands commands, Set<String> deny, Set<String> ask) {
        List<String> left = new ArrayList<>();
        Stream.concat(commands.rules().stream(), commands.narrowing().stream())
                .filter(rule -> rule.decision() != Decision.ALLOW)
                .forEach(rule -> {
                    List<String> patterns = patterns(rule);
                    if (patterns.isEmpty() || !whole(rule.match())) {
                        left.add(rule.id());
                    }
                    (rule.decision() == Decision.DENY ? deny : ask).addAll(patterns);
                });
        return left;
    }

    private static List<String> patterns(CommandRule rule) {
        CommandMatch match = rule.match();
        if (!match.allOf().isEmpty()
                || !match.noneOf().isEmpty()
                || !match.pipedFrom().isEmpty()) {
            return List.of();
        }
        List<String> prefixes = List.of("");
        for (List<String> words : match.argv()) {
            List<String> longer = new ArrayList<>();
            for (String prefix : prefixes) {
                plain(words).forEach(word -> longer.add(prefix.isEmpty() ? word : prefix + " " + word));
            }
            prefixes = longer;
        }
        List<String> patterns = new ArrayList<>();
        for (String prefix : prefixes) {
            if (match.anyOf().isEmpty()) {
                patterns.add("Bash(" + prefix + " *)");
            } else {
                plain(match.anyOf()).forEach(word -> {
                    patterns.add("Bash(" + prefix + " " + word + " *)");
                    patterns.add("Bash(" + prefix + " * " + word + " *)");
                });
            }
        }
        return patterns.size() > MOST_PATTERNS ? List.of() : patterns;
    }

    private static List<String> plain(List<String> words) {
        return words.stream().filter(word -> PLAIN.matcher(word).matches()).toList();
    }

    private static boolean whole(CommandMatch match) {
        return Stream.concat(match.argv().stream().flatMap(List::stream), match.anyOf().stream())
                .allMatch(word -> PLAIN.matcher(word).matches());
    }
}
