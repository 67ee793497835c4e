package io.cordon.agent.adapters.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.cordon.agent.adapters.CodingAgent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class RewrittenTest {
    /** Everything that means something to a shell, and text of every kind. */
    @Provide
    Arbitrary<String> lines() {
        Arbitrary<String> text = Arbitraries.strings()
                .withChars("'\"\\$`!*?[]{}()<>|&;#~=%^ \t\n\r-ab/.\u00e9\u2019\ud83d".toCharArray())
                .ofMaxLength(60)
                .filter(RewrittenTest::isText);
        return Arbitraries.oneOf(
                text, Arbitraries.strings().excludeChars('\0').ofMaxLength(40).filter(RewrittenTest::isText));
    }

    private static boolean isText(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    private static HookCall call(String session, String reason, String line) {
        return new HookCall(
                CodingAgent.CLAUDE_CODE,
                HookEvent.BEFORE_TOOL,
                "PreToolUse",
                session,
                null,
                "t",
                new ToolUse.Command("Bash", line, List.of("/bin/bash", "-c", line), ToolUse.Dialect.POSIX),
                JsonNodeFactory.instance.objectNode().put("command", line).put("timeout", 5),
                reason,
                null,
                "/",
                true);
    }

    /** What bash makes of the line: the words that {@code cordon} is started with. */
    private static List<String> words(String shell, Path printer, String line)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(shell, "-c", line.replace("CORDON", printer.toString())).start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), line);
        List<String> words = new ArrayList<>(List.of(out.split("\0", -1)));
        words.remove(words.size() - 1);
        return words;
    }

    private static Path printer() throws IOException {
        Path script = Files.createTempFile(
                "cordon-words", "", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.writeString(script, "#!/bin/sh\nprintf '%s\\0' \"$@\"\n");
        return script;
    }

    @Property(tries = 150)
    void shellsReadBackExactlyWhatWasGiven(@ForAll("lines") String line, @ForAll("lines") String session)
            throws Exception {
        Path printer = printer();
        try {
            HookCall call = call("s" + session, "because", line);
            Rewritten instead = Rewritten.of(printer.toString(), call, (ToolUse.Command) call.tool(), "t", false)
                    .orElseThrow();
            List<String> expected = List.of(
                    "run",
                    "--session",
                    "s" + session,
                    "--tool-call",
                    "t",
                    "--reason",
                    "because",
                    "--",
                    "/bin/bash",
                    "-c",
                    line);
            assertEquals(expected, words("/bin/bash", printer, instead.text()));
            assertEquals(expected, words("/bin/sh", printer, instead.text()));
            assertEquals(instead.text(), instead.input().path("command").textValue());
            assertEquals(5, instead.input().path("timeout").intValue());
        } finally {
            Files.delete(printer);
        }
    }

    @Test
    void theReasonIsOneShortLineAndNeverAnOption() {
        HookCall call = call("s", "--cwd /\n\"x\"" + "y".repeat(500), "ls");
        String text = Rewritten.of("/usr/bin/cordon", call, (ToolUse.Command) call.tool(), "t", true)
                .orElseThrow()
                .text();
        assertTrue(
                text.startsWith(
                        "/usr/bin/cordon run --asked --session s --tool-call t --reason '--cwd / '\"'\"'x'\"'\"'yyy"),
                text);
        assertTrue(text.endsWith("y' -- /bin/bash -c ls"), text);
        assertTrue(text.length() < 320, text);
    }

    @Test
    void aListStaysAList() {
        HookCall call = call("s", "", "x");
        ToolUse.Command list =
                new ToolUse.Command("shell", null, List.of("git", "push", "it's"), ToolUse.Dialect.POSIX);
        Rewritten instead =
                Rewritten.of("/usr/bin/cordon", call, list, "t", false).orElseThrow();
        assertEquals(
                "[\"/usr/bin/cordon\",\"run\",\"--session\",\"s\",\"--tool-call\",\"t\",\"--\",\"git\",\"push\",\"it's\"]",
                instead.input().path("command").toString());
    }

    @Test
    void whatTheSystemWouldNotTakeIsNotWritten() throws Exception {
        HookCall fits = call("s", "", "#" + "x".repeat(130_000));
        Rewritten longest = Rewritten.of("/usr/bin/true", fits, (ToolUse.Command) fits.tool(), "t", false)
                .orElseThrow();
        assertEquals(
                0, new ProcessBuilder("/bin/sh", "-c", longest.text()).start().waitFor());
        for (String line : List.of("x".repeat(131_072), "'".repeat(27_000), "\u20ac".repeat(44_000))) {
            HookCall call = call("s", "", line);
            assertTrue(Rewritten.of("/usr/bin/true", call, (ToolUse.Command) call.tool(), "t", false)
                    .isEmpty());
        }
    }
}
