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
 * The deny and prompt rules over commands that can be told by the first words of a command line, as the rule languages of coding
 * agents have them. A rule is said by its words alone or not at all: what is left out of a condition would refuse more than the
 * policy does.
 *
 * @param unsaid the ids of the deny and prompt rules that cannot be said so
 */
public record CommandPrefixes(List<Prefix> prefixes, List<String> unsaid) {

    /** Alternatives multiply; a rule with more lines than this is not said. */
    public static final int MAX_LINES = 64;

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
        restricting(commands).forEach(rule -> {
            boolean words = wordsAlone(rule.match())
                    && rule.match().anyOf().isEmpty()
                    && rule.match().argv().stream().flatMap(List::stream).allMatch(CommandPrefixes::plain);
            List<List<String>> lines = words ? lines(rule.match().argv()) : List.of();
            if (lines.isEmpty()) {
                unsaid.add(rule.id());
            }
            lines.forEach(line -> prefixes.add(new Prefix(rule.id(), rule.decision(), line, rule.reason())));
        });
        return new CommandPrefixes(prefixes, unsaid);
    }

    /** The deny and prompt rules. Allow rules are given to no agent: it would run what it allows without Cordon. */
    public static Stream<CommandRule> restricting(Commands commands) {
        return Stream.concat(commands.rules().stream(), commands.narrowing().stream())
                .filter(rule -> rule.decision() != Decision.ALLOW);
    }

    /** Whether a command is known by words that it begins with and, where there are any, one of {@code anyOf}. */
    public static boolean wordsAlone(CommandMatch match) {
        return match.allOf().isEmpty()
                && match.noneOf().isEmpty()
                && match.pipedFrom().isEmpty();
    }

    /** Whether no rule language reads more into the word than its letters. */
    public static boolean plain(String word) {
        return PLAIN.matcher(word).matches();
    }

    /** Every line that one word of each position makes; none when there are too many. */
    public static List<List<String>> lines(List<List<String>> argv) {
        List<List<String>> lines = List.of(List.of());
        for (List<String> alternatives : argv) {
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
