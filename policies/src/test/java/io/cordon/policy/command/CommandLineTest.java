package io.cordon.policy.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

    private static final String COMMANDS_OF = "{0}";

    @ParameterizedTest(name = COMMANDS_OF)
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a b c                          | a b c",
                "a && b ; c                     | a / b / c",
                "`a || b`                       | a / b",
                "a & b                          | a / b",
                "`a | b |& c`                   | a / b / c",
                "( a; b )                       | a / b",
                "{ a; b; }                      | a / b",
                "if a; then b; else c; fi       | a / b / c",
                "while a; do b; done            | a / b",
                "for x in 1 2; do b 1; done     | b 1",
                "! a                            | a",
                "a 'x && y'                     | a x && y",
                "a \"x; y\"                     | a x; y",
                "a x\\;y                        | a x;y",
                "a > out 2>&1 < in b            | a b",
                "a 2>/dev/null                  | a",
                "a &> out                       | a",
                "X=1 Y=2 a b                    | a b",
                "X=1                            | ``",
                "a # b; c                       | a",
                "a#b                            | a#b",
                "g'i't p\"us\"h                 | git push",
                "gi\\t push                     | git push",
                "[[ a && b ]] && c              | c",
                "a <<< text                     | a",
                "a $'x'                         | a x",
            })
    void splitsShellLines(String line, String expected) {
        CommandLine result = CommandLine.ofShell(line);
        assertEquals(expected == null ? "" : expected, shown(result));
        assertEquals(List.of(), result.unknowns());
    }

    @ParameterizedTest(name = COMMANDS_OF)
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a $(b)                  | b / a …",
                "a \"$(b; c)\"           | b / c / a …",
                "a <(b)                  | b / a …",
                "$X b                    | … b",
                "g* push                 | g* push",
                "eval b                  | eval b",
                "alias x=y               | alias x=y",
                "trap x EXIT             | trap x EXIT",
                "f() { b; }              | f / b",
                "case x in y) b;; esac   | x in y / b",
                "a 'b                    | a b",
                "a \"b                   | a b",
                "( a                     | a",
                "a )                     | a",
                "a >                     | a",
                "a ${x:-$(b)}            | b / a …",
                "a $((1 + $(b)))         | b / a …",
                "{a,b} c                 | … c",
            })
    void saysWhatIsUnknownAndShowsTheRest(String line, String expected) {
        CommandLine result = CommandLine.ofShell(line);
        assertEquals(expected, shown(result));
        assertFalse(result.unknowns().isEmpty());
    }

    @ParameterizedTest(name = COMMANDS_OF)
    @ValueSource(
            strings = {
                "env git push",
                "env -i A=1 -u B git push",
                "env -S 'git push'",
                "env -iS 'git' push",
                "env --split-string='git push'",
                "nice -n 5 git push",
                "nice -10 git push",
                "timeout -s KILL 5 git push",
                "timeout 5 git push",
                "sudo -u root -E A=1 git push",
                "doas git push",
                "nohup git push",
                "setsid -w git push",
                "command git push",
                "builtin command git push",
                "exec -a x git push",
                "time -p git push",
                "stdbuf -oL git push",
                "ionice -c 3 git push",
                "busybox env git push",
                "strace -f -o x git push",
                "flock /tmp/l git push",
                "flock /tmp/l -c 'git push'",
                "watch 'git push'",
                "watch -n 1 git push",
                "su root -c 'git push'",
                "script -c 'git push' out",
                "chroot / git push",
                "sh -c 'git push'",
                "bash -lc 'git push'",
                "bash -o pipefail -ec 'git push'",
                "bash --norc --rcfile x -c 'git push'",
                "bash -c -- 'git push'",
                "/usr/bin/env bash -c 'exec git push'",
                "zsh -c \"sh -c 'git push'\"",
                "find . -name x -execdir git push ';'",
                "find . -exec sh -c 'git push' {} +",
                "/usr/lib/git-core/git-push",
                "cmd /c git push",
                "cmd.exe /d /s /c \"git push\"",
                "powershell -c git push",
                "pwsh -NoProfile -ExecutionPolicy Bypass -Command 'git push'",
            })
    void unwrapsWhatStartsOtherCommands(String line) {
        CommandLine result = CommandLine.ofShell(line);
        assertTrue(
                result.commands().stream()
                        .anyMatch(command -> command.toString().startsWith("git push")),
                () -> shown(result));
        assertEquals(List.of(), result.unknowns());
    }

    @Test
    void appendsTheUnknownForXargs() {
        CommandLine result = CommandLine.of(List.of("xargs", "-n", "1", "git", "push"));
        assertEquals("xargs -n 1 git push / git push …", shown(result));
    }

    @Test
    void decodesEncodedPowerShell() {
        String encoded = Base64.getEncoder().encodeToString("git push --force".getBytes(StandardCharsets.UTF_16LE));
        for (String option : List.of("-EncodedCommand", "-enc", "-e", "/ec", "-eNcOdEd")) {
            CommandLine result = CommandLine.of(List.of("powershell.exe", "-NoP", option, encoded));
            assertTrue(shown(result).endsWith("/ git push --force"), option + ": " + shown(result));
        }
        assertFalse(CommandLine.of(List.of("pwsh", "-e", "%%%")).unknowns().isEmpty());
    }

    @ParameterizedTest(name = COMMANDS_OF)
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "dir & git push          | dir / git push",
                "`a && b || c`           | a / b / c",
                "a ^& b                  | a & b",
                "\"a b\" c               | a b c",
                "g^it push               | git push",
                "@echo x                 | echo x",
                "a > x                   | a",
                "(a & b)                 | a / b",
                "call git push           | call git push / git push",
            })
    void splitsCmdLines(String line, String expected) {
        CommandLine result = CommandLine.of(List.of("cmd", "/c", line));
        assertEquals("cmd /c " + line + " / " + expected, shown(result));
        assertEquals(List.of(), result.unknowns());
    }

    @ParameterizedTest(name = COMMANDS_OF)
    @ValueSource(strings = {"%X% push", "!X! push", "for %i in (a) do git push", "if exist x git push", "\"a"})
    void doesNotPretendToKnowCmdLines(String line) {
        assertFalse(CommandLine.of(List.of("cmd", "/c", line)).unknowns().isEmpty());
    }

    @ParameterizedTest(name = COMMANDS_OF)
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ls; git push            | ls / git push",
                "& 'git' push            | git push",
                "& git push              | git push",
                "g`it push               | git push",
                "`ls | git push`         | ls / git push",
                "a 'it''s'               | a it's",
                "a # git push            | a",
            })
    void splitsPowerShellLines(String line, String expected) {
        CommandLine result = CommandLine.of(List.of("pwsh", "-c", line));
        assertEquals("pwsh -c " + line + " / " + expected, shown(result));
        assertEquals(List.of(), result.unknowns());
    }

    @ParameterizedTest(name = COMMANDS_OF)
    @ValueSource(
            strings = {"$x push", "& $x push", "$(git push)", "iex 'git push'", "if (1) { git push }", "a 'b", "-"})
    void doesNotPretendToKnowPowerShellLines(String line) {
        assertFalse(CommandLine.of(List.of("pwsh", "-c", line)).unknowns().isEmpty());
    }

    @Test
    void takesHereDocumentsAsDataUnlessAShellReadsThem() {
        CommandLine data = CommandLine.ofShell("cat > f <<'EOF'\ngit push; rm -rf /\nEOF\nls");
        assertEquals("cat / ls", shown(data));
        assertEquals(List.of(), data.unknowns());

        CommandLine shell = CommandLine.ofShell("bash <<'EOF'\ngit push\nEOF");
        assertEquals("bash / git push", shown(shell));
        assertFalse(shell.unknowns().isEmpty());

        CommandLine expanding = CommandLine.ofShell("cat <<EOF\n$(git push)\nEOF");
        assertFalse(expanding.unknowns().isEmpty());
        assertFalse(CommandLine.ofShell("cat <<EOF\nx").unknowns().isEmpty());
    }

    @Test
    void backQuotesAreCommandSubstitution() {
        CommandLine result = CommandLine.ofShell("a 'x' `b \\`c\\``");
        assertEquals("c / b … / a x …", shown(result));
        assertEquals(List.of("command substitution"), result.unknowns());
    }

    @Test
    void aShellThatReadsAPipeIsUnknown() {
        assertFalse(CommandLine.ofShell("cat x | sh").unknowns().isEmpty());
        assertFalse(CommandLine.ofShell("cat x | env bash -s -- y").unknowns().isEmpty());
        assertTrue(CommandLine.ofShell("sh x.sh").unknowns().isEmpty());
    }

    @Test
    void boundsDepthLengthAndNumber() {
        String nested = "true";
        for (int i = 0; i < 30; i++) {
            nested = "sh -c " + PosixShell.quote(nested);
            if (nested.length() > 30_000) {
                break;
            }
        }
        assertFalse(CommandLine.ofShell(nested).unknowns().isEmpty());
        assertFalse(CommandLine.ofShell("a;".repeat(2000)).unknowns().isEmpty());
        assertFalse(CommandLine.ofShell("a".repeat(70_000)).unknowns().isEmpty());
        assertFalse(CommandLine.ofShell("$(".repeat(1000)).unknowns().isEmpty());
        assertFalse(CommandLine.of(List.of()).unknowns().isEmpty());
    }

    private static String shown(CommandLine line) {
        return String.join(
                " / ", line.commands().stream().map(SimpleCommand::toString).toList());
    }
}
