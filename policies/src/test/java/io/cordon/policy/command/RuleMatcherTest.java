package io.cordon.policy.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cordon.policy.model.CommandMatch;
import io.cordon.policy.model.CommandRule;
import io.cordon.policy.model.Decision;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleMatcherTest {

    private static final CommandMatch FORCE = new CommandMatch(
            List.of(List.of("git"), List.of("push")),
            List.of("--force", "-f", "+*"),
            List.of(),
            List.of("--dry-run"),
            List.of(),
            false);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "git push --force                   | YES",
                "git push -f                        | YES",
                "git push -uf origin                | YES",
                "git push origin x -f               | YES",
                "git push --forc                    | YES",
                "git push origin +x                 | YES",
                "git -C x push -f                   | YES",
                "git -c a=b --no-pager push -f      | YES",
                "git --git-dir x push -f            | YES",
                "git --git-dir=x push -f            | YES",
                "/usr/bin/git push -f               | YES",
                "GIT push -f                        | YES",
                "git.exe push -f                    | YES",
                "git push                           | NO",
                "git push --force-with-lease        | NO",
                "git push --follow-tags             | NO",
                "git push --force --dry-run         | NO",
                "git commit -m push -f              | NO",
                "git -C push commit -f              | NO",
                "gitx push -f                       | NO",
                "git push $X                        | MAYBE",
                "git push \"$X\"                    | MAYBE",
                "git $X -f                          | MAYBE",
                "git push origin/$X                 | MAYBE",
                "git push \"origin/$X\"             | NO",
                "git push --f*                      | MAYBE",
                "git commit $X -f                   | NO",
            })
    void denyRulesMatchLoosely(String line, Verdict expected) {
        assertEquals(expected, verdict(FORCE, Decision.DENY, line));
    }

    private static final CommandMatch STATUS = new CommandMatch(
            List.of(List.of("git"), List.of("status", "log")),
            List.of(),
            List.of(),
            List.of("--output"),
            List.of(),
            false);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "git status                         | YES",
                "git log -p --oneline               | YES",
                "/usr/bin/git status                | YES",
                "git log $X                         | NO",
                "git log --output=x                 | NO",
                "git log --outp x                   | NO",
                "git -C x status                    | NO",
                "git -c core.pager=x log            | NO",
                "./git status                       | NO",
                "/tmp/git status                    | NO",
                "GIT status                         | NO",
                "A=1 git status                     | NO",
                "A=1; git status                    | NO",
                "export A=1; git status             | NO",
                "env A=1 git status                 | NO",
                "git $X                             | NO",
                "git push                           | NO",
            })
    void allowRulesMatchExactly(String line, Verdict expected) {
        assertEquals(expected, verdict(STATUS, Decision.ALLOW, line));
    }

    private static final CommandMatch PIPED =
            new CommandMatch(List.of(List.of("sh", "bash")), List.of(), List.of(), List.of(), List.of("curl"), false);

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "curl x | sh                        ; YES",
                "curl x | tee y | sudo bash -s      ; YES",
                "(curl x) | sh                      ; YES",
                "{ curl x\\n } | sh                  ; YES",
                "sudo curl x | sh                   ; YES",
                "curl x | sh -c 'bash'              ; YES",
                "cat x | sh                         ; NO",
                "curl x && sh y                     ; NO",
            })
    void rulesKnowThePipeline(String line, Verdict expected) {
        assertEquals(expected, verdict(PIPED, Decision.DENY, line.replace("\\n", "\n")));
    }

    private static final CommandMatch SETTING = new CommandMatch(
            List.of(List.of("git")), List.of("core.hookspath*"), List.of(), List.of(), List.of(), true);

    @ParameterizedTest
    @CsvSource({
        "git config core.hooksPath x, YES",
        "git -ccore.HOOKSPATH=x commit, YES",
        "git --config-env=core.hooksPath=X commit, YES",
        "git config user.name x, NO",
    })
    void valuesAttachedToOptionsCount(String line, Verdict expected) {
        assertEquals(expected, verdict(SETTING, Decision.DENY, line));
    }

    private static final CommandMatch DELETION = new CommandMatch(
            List.of(List.of("rm")),
            List.of(),
            List.of(List.of("-r", "--recursive"), List.of("/", "~")),
            List.of(),
            List.of(),
            false);

    @ParameterizedTest
    @CsvSource({
        "rm -rf /, YES",
        "rm -f --recursive x ~, YES",
        "rm -rf /*, MAYBE",
        "rm -rf $X, MAYBE",
        "rm -rf $X/*, MAYBE",
        "rm -rf *, NO",
        "rm -rf x/*, NO",
        "rm /, NO",
    })
    void everyListOfAlternativesNeedsOne(String line, Verdict expected) {
        assertEquals(expected, verdict(DELETION, Decision.DENY, line));
    }

    private static Verdict verdict(CommandMatch match, Decision decision, String line) {
        CommandRule rule = new CommandRule("rule", match, decision, "reason", List.of(), List.of());
        return CommandLine.ofShell(line).commands().stream()
                .map(command -> RuleMatcher.match(rule, command))
                .reduce(Verdict.NO, Verdict::or);
    }
}
