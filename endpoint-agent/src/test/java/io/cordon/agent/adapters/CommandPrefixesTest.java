package io.cordon.agent.adapters;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cordon.policy.model.CommandMatch;
import io.cordon.policy.model.CommandRule;
import io.cordon.policy.model.Commands;
import io.cordon.policy.model.Decision;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandPrefixesTest {
    private static final List<String> NONE = List.of();

    private static CommandMatch words(List<List<String>> argv) {
        return new CommandMatch(argv, NONE, List.of(), NONE, NONE, false);
    }

    private static CommandPrefixes of(CommandMatch match, Decision decision) {
        CommandRule rule = new CommandRule("r", match, decision, "Because.", NONE, NONE);
        return CommandPrefixes.of(new Commands(Decision.ALLOW, Decision.ALLOW, List.of(rule), List.of()));
    }

    private static List<String> lines(CommandPrefixes said) {
        return said.prefixes().stream().map(CommandPrefixes.Prefix::line).toList();
    }

    @Test
    void alternativesBecomeLines() {
        CommandPrefixes said =
                of(words(List.of(List.of("npm", "pnpm"), List.of("publish", "deprecate"))), Decision.DENY);
        assertEquals(List.of("npm publish", "npm deprecate", "pnpm publish", "pnpm deprecate"), lines(said));
        assertEquals(NONE, said.unsaid());
    }

    @Test
    void allowIsNoMatterOfPrefixes() {
        CommandPrefixes said = of(words(List.of(List.of("ls"))), Decision.ALLOW);
        assertEquals(List.of(), said.prefixes());
        assertEquals(NONE, said.unsaid());
    }

    @Test
    void aConditionBeyondTheWordsIsNotLeftOut() {
        List<List<String>> git = List.of(List.of("git"));
        List<String> one = List.of("-f");
        for (CommandMatch match : List.of(
                new CommandMatch(git, one, List.of(), NONE, NONE, false),
                new CommandMatch(git, NONE, List.of(one), NONE, NONE, false),
                new CommandMatch(git, NONE, List.of(), one, NONE, false),
                new CommandMatch(git, NONE, List.of(), NONE, List.of("curl"), false))) {
            assertEquals(List.of("r"), of(match, Decision.DENY).unsaid(), match.toString());
            assertEquals(List.of(), of(match, Decision.DENY).prefixes(), match.toString());
        }
    }

    @Test
    void whatARuleLanguageCouldReadOtherwiseIsNotSaid() {
        for (String word : List.of("git*", "a b", "a)", "a\"", "a:b", "")) {
            assertEquals(
                    List.of("r"),
                    of(words(List.of(List.of(word))), Decision.PROMPT).unsaid(),
                    word);
        }
    }

    @Test
    void moreLinesThanAreReasonableAreNotSaid() {
        List<String> nine = Collections.nCopies(9, "x");
        assertEquals(
                64,
                lines(of(words(List.of(Collections.nCopies(64, "x"))), Decision.DENY))
                        .size());
        assertEquals(List.of("r"), of(words(List.of(nine, nine)), Decision.DENY).unsaid());
    }
}
