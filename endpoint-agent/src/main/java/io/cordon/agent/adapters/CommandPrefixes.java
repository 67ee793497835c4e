package io.cordon.agent.adapters;

import io.cordon.policy.model.CommandMatch;
import io.cordon.policy.model.CommandRule;
import io.cordon.policy.model.Commands;
import io.cordon.policy.model.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The deny and prompt rules over commands that can be told by the first words of a command line, as the rule languages of coding agents have
 * them. A rule is said by its words alone or not at all: what is left out of a condition would refuse more than the policy does.
 *
 * @param unsaid the ids of the deny and prompt rules that cannot be said so
 */
public record CommandPrefixes(List<Prefix> prefixes, List<String> unsaid) {

    /** Alternatives multiply; a rule with more lines than this is not said. */
    private static final int MAX_LINES = 64;

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@+=./-]+");

    public CommandPrefixes {
        prefixes = List.copyOf(prefixes);
        unsaid = List.copyOf(unsaid);
    }

    /**
     * @param decision deny or prompt
     * @param words literal, of letters, digits and {@code _@+=./-}
     */
    public record Prefix(String rule, Decision decision, List<String> words, String reason) {
        public Prefix {
            words = List.copyOf(words);
        }

        /** The words with blanks between them. */
        public String line() {
            return String.join(" ", words);
        }
    }

    public static CommandPrefixes of(Commands commands) {
        List<Prefix> prefixes = new ArrayList<>();
        List<String> unsaid = new ArrayList<>();
        Stream.concat(commands.rules().stream(), commands.narrowing().stream())
                .filter(rule -> rule.decision() != Decision.ALLOW)
                .forEach(rule -> {
                    List<List<String>> lines = lines(rule.match());
                    if (lines.isEmpty()) {
                        unsaid.add(rule.id());
                    }
                    lines.forEach(words -> prefixes.add(prefix(rule, words)));
                });
        return new CommandPrefixes(prefixes, unsaid);
    }

    private static Prefix prefix(CommandRule rule, List<String> words) {
        return new Prefix(rule.id(), rule.decision(), words, rule.reason());
    }

    /** Every command line that the words of a match stand for; empty when they are not all there is to it. */
    private static List<List<String>> lines(CommandMatch match) {
        boolean wordsAlone = match.anyOf().isEmpty()
                && match.allOf().isEmpty()
                && match.noneOf().isEmpty()
                && match.pipedFrom().isEmpty()
                && match.argv().stream()
                        .flatMap(List::stream)
                        .allMatch(word -> PLAIN.matcher(word).matches());
        List<List<String>> lines = wordsAlone ? List.of(List.of()) : List.of();
        for (List<String> alternatives : match.argv()) {
            if (lines.size() * alternatives.size() > MAX_LINES) {
                return List.of();
            }
            lines = lines.stream()
                    .flatMap(line -> alternatives.stream()
                            .map(word -> Stream.concat(line.stream(), Stream.of(word))
                                    .toList()))
                    .toList();
        }
        return lines;
    }
}
