package io.cordon.agent.adapters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command lines, run by the shells that agents would run them with. */
class HookCommandTest {
    @TempDir
    Path folder;

    private record Ended(int status, String out, String err) {}

    @ParameterizedTest
    @CsvSource({
        "0, 0, ''",
        "2, 2, 'refused'",
        "1, 2, 'Cordon could not decide, so it is refused'",
        "127, 2, ",
        "139, 2, "
    })
    void everyStatusButTwoIsRefused(int own, int seen, String said) throws Exception {
        Path program = program("cat; [ " + own + " = 2 ] && echo refused >&2; exit " + own);
        for (String shell : new String[] {"/bin/sh", "/bin/bash"}) {
            Ended ended = run(shell, HookCommand.blocking(machine(program), CodingAgent.CODEX, "PreToolUse"));
            assertEquals(seen, ended.status());
            assertEquals("{\"a\":\"ü\"}", ended.out(), "what the agent sends reaches the hook");
            if (said != null) {
                assertEquals(said, ended.err().strip());
            }
        }
    }

    @Test
    void aMissingProgramIsARefusalWithAReason() throws Exception {
        Ended ended = run(
                "/bin/sh",
                HookCommand.blocking(machine(folder.resolve("none")), CodingAgent.CLAUDE_CODE, "PermissionRequest"));
        assertEquals(2, ended.status());
        assertTrue(ended.err().contains("Cordon could not decide"));
    }

    /** An activated environment of a workspace puts a folder before all others that what runs confined may write to. */
    @Test
    void nothingIsLookedForInThePath() throws Exception {
        Path planted = folder.resolve("planted");
        for (String name : new String[] {"timeout", "cat", "echo", "cordon", "sh", "test", "["}) {
            Path file = Files.createDirectories(folder.resolve("bin")).resolve(name);
            Files.writeString(file, "#!/bin/sh\n: > '" + planted + "'\nexit 0\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Path program = program("exit 3");
        for (String line : new String[] {
            HookCommand.blocking(machine(program), CodingAgent.CODEX, "PreToolUse"),
            HookCommand.plain(machine(program), CodingAgent.CODEX, "Stop")
        }) {
            Ended ended = run("/bin/sh", "PATH='" + folder.resolve("bin") + "':\"$PATH\"; export PATH; " + line);
            assertTrue(ended.status() != 0);
            assertTrue(Files.notExists(planted), line);
        }
    }

    @Test
    void theHookIsToldAgentAndEvent() throws Exception {
        Path program = program("cat >/dev/null; echo \"$1 $2 $3 $#\"");
        assertEquals(
                "hook claude-code PreToolUse 3\n",
                run("/bin/sh", HookCommand.blocking(machine(program), CodingAgent.CLAUDE_CODE, "PreToolUse"))
                        .out());
        assertEquals(
                "hook codex Stop 3\n",
                run("/bin/sh", HookCommand.plain(machine(program), CodingAgent.CODEX, "Stop"))
                        .out());
    }

    @Test
    void onWindowsThereIsNothingToQuote() {
        Surroundings machine = new Surroundings("windows", "C:\\Program Files\\it's\\cordon.exe", null, null);
        String line = HookCommand.onWindows(machine, CodingAgent.CODEX, "PreToolUse", true, '\\');
        assertTrue(line.matches("[A-Za-z0-9:.\\\\ =+/-]+"), line);
        assertTrue(line.length() < 8191, "cmd.exe takes no longer one");
        String script = new String(
                Base64.getDecoder().decode(line.substring(line.lastIndexOf(' ') + 1)), StandardCharsets.UTF_16LE);
        assertTrue(script.contains("$p.FileName='C:\\Program Files\\it''s\\cordon.exe'"));
        assertTrue(script.endsWith("exit 2\n"));
        assertFalse(HookCommand.onWindows(machine, CodingAgent.CLAUDE_CODE, "Stop", false, '/')
                .contains("\\"));
    }

    private Surroundings machine(Path program) {
        return new Surroundings("linux", program.toString(), null, null);
    }

    private Path program(String body) throws IOException {
        Path program =
                Files.createDirectories(folder.resolve("it's a \"place\"")).resolve("cordon");
        Files.writeString(program, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return program;
    }

    private Ended run(String shell, String line) throws Exception {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process process = new ProcessBuilder(shell, "-c", line)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try (var in = process.getOutputStream()) {
            in.write("{\"a\":\"ü\"}".getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // A program that was never started reads nothing.
        }
        return new Ended(process.waitFor(), Files.readString(out), Files.readString(err));
    }
}
