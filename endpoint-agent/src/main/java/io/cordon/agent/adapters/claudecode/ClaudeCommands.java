package io.cordon.agent.adapters.claudecode;

import io.cordon.agent.adapters.CommandPrefixes;
import io.cordon.policy.model.CommandMatch;
import io.cordon.policy.model.Commands;
import io.cordon.policy.model.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Deny and prompt rules as patterns of Claude Code's Bash tool, each with a whole word where the policy has one, so that a
 * pattern never means more than its rule.
 */
final class ClaudeCommands {
    private ClaudeCommands() {}

    /** Adds what can be said; returns the ids of rules that cannot, or only in part. */
    static List<String> put(Commands commands, Set<String> deny, Set<String> ask) {
        List<String> left = new ArrayList<>();
        CommandPrefixes.restricting(commands).forEach(rule -> {
            List<String> patterns = patterns(rule.match());
            if (patterns.isEmpty() || !whole(rule.match())) {
                left.add(rule.id());
            }
            (rule.decision() == Decision.DENY ? deny : ask).addAll(patterns);
        });
        return left;
    }

    private static List<String> patterns(CommandMatch match) {
        if (!CommandPrefixes.wordsAlone(match)) {
            return List.of();
        }
        List<String> patterns = new ArrayList<>();
        for (List<String> line : CommandPrefixes.lines(
                match.argv().stream().map(ClaudeCommands::plain).toList())) {
            String prefix = String.join(" ", line);
            if (match.anyOf().isEmpty()) {
                patterns.add("Bash(" + prefix + " *)");
            } else {
                plain(match.anyOf()).forEach(word -> {
                    patterns.add("Bash(" + prefix + " " + word + " *)");
                    patterns.add("Bash(" + prefix + " * " + word + " *)");
                });
            }
        }
        return patterns.size() > CommandPrefixes.MAX_LINES ? List.of() : patterns;
    }

    private static List<String> plain(List<String> words) {
        return words.stream().filter(CommandPrefixes::plain).toList();
    }

    private static boolean whole(CommandMatch match) {
        return Stream.concat(match.argv().stream().flatMap(List::stream), match.anyOf().stream())
                .allMatch(CommandPrefixes::plain);
    }
}
