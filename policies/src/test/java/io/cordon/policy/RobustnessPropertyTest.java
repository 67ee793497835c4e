package io.cordon.policy;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.policy.baseline.Baseline;
import io.cordon.policy.command.CommandLine;
import io.cordon.policy.document.PolicyDocuments;
import io.cordon.policy.document.ReadResult;
import io.cordon.policy.evaluate.Access;
import io.cordon.policy.evaluate.Evaluator;
import io.cordon.policy.evaluate.PathContext;
import io.cordon.policy.model.NetworkMode;
import io.cordon.policy.resolve.ResolvedPolicy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever comes in, there is an answer, and never an exception. */
class RobustnessPropertyTest {

    private static final String BALANCED = Baseline.library().get(2).yaml();
    private static final ResolvedPolicy POLICY =
            Documents.resolve("balanced", BALANCED).policy();

    @Property(tries = 400)
    void everyLineIsTakenApart(@ForAll("lines") String line) {
        for (List<String> argv : List.of(
                List.of("sh", "-c", line),
                List.of("cmd", "/c", line),
                List.of("pwsh", "-c", line),
                List.of("env", "-S", line),
                List.of(line, line))) {
            CommandLine result = CommandLine.of(argv);
            assertFalse(result.commands().isEmpty() && result.unknowns().isEmpty());
            assertNotNull(Evaluator.command(POLICY, argv).rule());
        }
    }

    /** What stands behind a separator at the top of a line is seen, or the line is unknown. */
    @Property(tries = 500)
    void nothingBeforeItHidesACommand(@ForAll("lines") String before, @ForAll("separators") String separator) {
        CommandLine result = CommandLine.ofShell(before + " " + separator + "git push --force");
        boolean seen = result.commands().stream().anyMatch(c -> c.toString().contains("git push --force"));
        boolean commented = before.contains("#") || before.contains("[[");
        assertTrue(seen || commented || !result.unknowns().isEmpty() || isQuoted(before), before + separator);
    }

    private static boolean isQuoted(String before) {
        return before.indexOf('\'') >= 0 || before.indexOf('"') >= 0 || before.indexOf('\\') >= 0;
    }

    @Property(tries = 150)
    void everyDamagedDocumentIsReadOrRefused(
            @ForAll @IntRange(min = 0, max = 12_000) int at, @ForAll("pieces") String piece, @ForAll boolean replace) {
        int from = Math.min(at, BALANCED.length());
        int to = replace ? Math.min(BALANCED.length(), from + piece.length()) : from;
        String damaged = BALANCED.substring(0, from) + piece + BALANCED.substring(to);
        ReadResult result = PolicyDocuments.read("x", damaged.getBytes(StandardCharsets.UTF_8));
        if (result instanceof ReadResult.Refused refused) {
            refused.problems().forEach(problem -> assertFalse(problem.remedy().isEmpty()));
        }
    }

    @Property(tries = 200)
    void everyPathAndHostHasAnAnswer(@ForAll String text, @ForAll int port) {
        for (String os : List.of("linux", "windows", "macos")) {
            PathContext context = new PathContext(os, "/h", "/w", "/t", "/w");
            assertNotNull(Evaluator.path(POLICY, context, text, Access.WRITE).rule());
        }
        assertNotNull(Evaluator.hostIn(POLICY, NetworkMode.PROXY, text, port).rule());
    }

    @Provide
    Arbitrary<String> lines() {
        return Arbitraries.of(
                        "'",
                        "\"",
                        "\\",
                        "$",
                        "(",
                        ")",
                        "{",
                        "}",
                        "`",
                        "|",
                        "&",
                        ";",
                        "\n",
                        "<",
                        ">",
                        "<<",
                        "EOF",
                        "#",
                        " ",
                        " ",
                        "a",
                        "git",
                        "-c",
                        "=",
                        "*",
                        "?",
                        "[",
                        "]",
                        "%",
                        "!",
                        "^",
                        "@",
                        "~",
                        "if",
                        "then",
                        "for",
                        "in",
                        "do",
                        "done",
                        "fi",
                        "case",
                        "[[",
                        "]]",
                        "sh -c ",
                        "env ",
                        "find . -exec ",
                        "\uE000",
                        "1",
                        "$'",
                        ",")
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<String> separators() {
        return Arbitraries.of(";", "\n", "&&", "||", "|", "&", " ; ");
    }

    @Provide
    Arbitrary<String> pieces() {
        return Arbitraries.of(
                "",
                "x",
                ":",
                "\n",
                "  ",
                "- ",
                "{",
                "[",
                "]",
                "}",
                "\"",
                "'",
                "&a ",
                "*a",
                "!t ",
                "\t",
                "null",
                "~",
                "#",
                "..",
                "/",
                "**",
                "\u0000",
                "\ud83d\ude00",
                "x".repeat(300));
    }
}
