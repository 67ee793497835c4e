package io.cordon.policy.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cordon.policy.Documents;
import io.cordon.policy.resolve.ResolvedPolicy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandEvaluationTest {

    private static final String RULES = """
            - {id: git-allowed, match: {argv: [git]}, decision: allow, reason: r, examples: {match: [git]}}
            - {id: push-asks, match: {argv: [git, push]}, decision: prompt, reason: r, examples: {match: [git push]}}
            - {id: no-force, match: {argv: [git, push], anyOf: [-f]}, decision: deny, reason: r, examples: {match: [git push -f]}}
            - {id: no-bash, match: {argv: [bash]}, decision: deny, reason: r, examples: {match: [bash]}}
            """;

    private static final ResolvedPolicy ALLOWING =
            Documents.resolve("small", Documents.policy("allow", RULES)).policy();
    private static final ResolvedPolicy DENYING =
            Documents.resolve("small", Documents.policy("deny", RULES)).policy();

    @ParameterizedTest
    @CsvSource({
        "git status, ALLOW, git-allowed",
        "git push, PROMPT, push-asks",
        "git push -f, DENY, no-force",
        "ls, ALLOW, default",
        "ls && git push -f && git push, DENY, no-force",
        "$X, PROMPT, unknown-shell",
        "git push $X, PROMPT, push-asks",
        "ls $(git push -f), DENY, no-force",
        "env ls, ALLOW, default",
        "bash -c ls, DENY, no-bash",
    })
    void theStrictestRuleOfTheStrictestCommandDecides(String line, String decision, String rule) {
        CommandDecision result = Evaluator.shellLine(ALLOWING, line);
        assertEquals(decision + " " + rule, result.decision() + " " + result.rule());
    }

    @ParameterizedTest
    @CsvSource({
        "git status, ALLOW, git-allowed",
        "git push, PROMPT, push-asks",
        "ls, DENY, default",
        "git status && ls, DENY, default",
        "env git status, ALLOW, git-allowed",
        "sh -c 'git status', ALLOW, git-allowed",
        "env FOO=1 git status, DENY, default",
        "sudo git status, DENY, default",
        "xargs git, PROMPT, unknown-shell",
        "env, DENY, default",
        "$X, DENY, default",
    })
    void anAllowListLetsCarriersThroughButNothingElse(String line, String decision, String rule) {
        CommandDecision result = Evaluator.shellLine(DENYING, line);
        assertEquals(decision + " " + rule, result.decision() + " " + result.rule());
    }

    @Test
    void aPromptRuleOfATighteningDoesNotSoftenADenyingDefault() {
        String tightening = """
                apiVersion: cordon.io/v1
                kind: Tightening
                metadata: {name: t}
                spec:
                  appliesTo: {}
                  commands:
                    rules: [{id: ls-asks, match: {argv: [ls]}, decision: prompt, reason: r, examples: {match: [ls]}}]
                """;
        ResolvedPolicy denying = Documents.resolve("small", Documents.policy("deny", RULES), tightening)
                .policy();
        assertEquals(
                "DENY", Evaluator.command(denying, List.of("ls")).decision().name());
        ResolvedPolicy allowing = Documents.resolve("small", Documents.policy("allow", RULES), tightening)
                .policy();
        CommandDecision asked = Evaluator.command(allowing, List.of("ls"));
        assertEquals("PROMPT t/ls-asks", asked.decision() + " " + asked.rule());
    }

    @Test
    void showsEveryCommandWithItsOwnDecision() {
        CommandDecision decision = Evaluator.command(ALLOWING, List.of("sh", "-c", "ls; git push -f"));
        assertEquals(
                List.of("carrier", "default", "no-force"),
                decision.parts().stream().map(CommandDecision.Part::rule).toList());
        assertEquals(List.of("git", "push", "-f"), decision.parts().get(2).argv());
    }

    @Test
    void anEmptyCommandIsDenied() {
        assertEquals("no-command", Evaluator.command(ALLOWING, List.of()).rule());
        assertEquals("no-command", Evaluator.command(ALLOWING, List.of("")).rule());
    }
}
