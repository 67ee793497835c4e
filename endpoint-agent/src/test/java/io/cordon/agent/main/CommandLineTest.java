package io.cordon.agent.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
    @TempDir
    Path dir;

    private record Outcome(ExitCode code, String out, String err) {}

    private static Outcome run(String... words) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        ByteArrayOutputStream complained = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
        try {
            ExitCode code = CordonAgent.run(List.of(words));
            return new Outcome(
                    code, said.toString(StandardCharsets.UTF_8), complained.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    @Test
    void withoutACommandTheUsageIsAnError() {
        Outcome outcome = run();
        assertEquals(ExitCode.USAGE, outcome.code());
        assertTrue(outcome.err().startsWith("usage: cordon-agent enroll"), outcome.err());
        assertEquals("", outcome.out());
    }

    @Test
    void askedForTheUsageIsNoError() {
        Outcome outcome = run("--help");
        assertEquals(ExitCode.OK, outcome.code());
        assertTrue(outcome.out().contains("cordon-agent uninstall"));
    }

    @Test
    void anUnknownCommandIsRefused() {
        assertEquals(ExitCode.USAGE, run("instal").code());
    }

    @Test
    void versionIsOneLine() {
        assertEquals("cordon-agent development\n", run("version").out());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "run --dta /x            | --dta: not an option here (expected: --data, --egress, --managed-settings-root, --otlp-grpc, --otlp-http, --protect, --runtime)",
                "run stray               | stray: not an option here",
                "run --data              | --data: no value (expected: one after it)",
                "run --data / --runtime /x | --data: / (expected: a folder of its own)",
                "uninstall --data /a --data /b | --data: given 2 times (expected: once)",
                "enroll --server https://x | --token, --token-file: none given (expected: one of them",
                "status --data /x        | --data: not an option here (expected: --runtime)"
            })
    void wrongOptionsAreNamedWithWhatWasExpected(String line, String message) {
        Outcome outcome = run(line.strip().split(" +"));
        assertEquals(ExitCode.USAGE, outcome.code(), outcome.err());
        assertTrue(outcome.err().startsWith("cordon-agent: " + message), outcome.err());
    }

    @Test
    void optionsAreTakenWithAndWithoutAnEqualsSign() throws CommandException {
        Arguments arguments = Arguments.parse(
                Machine.here(),
                List.of("--data=/a=b", "--protect", "/x", "--protect=/y/../z"),
                Set.of("data", "protect", "runtime"));
        assertEquals(Path.of("/a=b"), arguments.data());
        assertEquals(List.of(Path.of("/x"), Path.of("/z")), arguments.paths("protect"));
        assertEquals(Path.of("/run/cordon"), arguments.runtime());
        assertEquals(Optional.empty(), arguments.one("runtime"));
        assertThrows(CommandException.class, () -> arguments.required("runtime"));
    }

    @Test
    void anInstallationThatIsNotOneIsSaid() {
        Outcome outcome = run("run", "--data", dir.resolve("d").toString());
        assertEquals(ExitCode.BAD_CONFIG, outcome.code());
        assertTrue(outcome.err().contains("Start the agent with its own bin/cordon-agent"), outcome.err());
    }

    @Test
    void uninstallTouchesNoFolderThatIsNotTheAgents() throws Exception {
        Path precious =
                Files.writeString(Files.createDirectory(dir.resolve("d")).resolve("thesis"), "x");
        Outcome outcome = run("uninstall", "--data", dir.resolve("d").toString());
        assertEquals(ExitCode.BAD_CONFIG, outcome.code());
        assertTrue(outcome.err().contains("it has no ledger. Check --data"), outcome.err());
        assertTrue(Files.exists(precious));
    }

    @Test
    void uninstallOfNothingIsDone() {
        assertEquals(
                ExitCode.OK,
                run("uninstall", "--data", dir.resolve("none").toString()).code());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dev/null/x", "/proc/nothing"})
    void aDataFolderThatCannotBeMadeIsSaid(String data) {
        System.setProperty("cordon.home", dir.toString());
        try {
            Outcome outcome =
                    run("run", "--data", data, "--runtime", dir.resolve("r").toString());
            assertEquals(ExitCode.DATA_CORRUPT, outcome.code(), outcome.err());
            assertTrue(outcome.err().contains("the data folder cannot be used"), outcome.err());
        } finally {
            System.clearProperty("cordon.home");
        }
    }

    @Test
    void everyExitCodeIsItsOwnAndNoShellsOwn() {
        Set<Integer> codes =
                Arrays.stream(ExitCode.values()).map(ExitCode::code).collect(Collectors.toSet());
        assertEquals(ExitCode.values().length, codes.size());
        assertTrue(codes.stream().allMatch(code -> code == 0 || (code >= 10 && code < 126)), codes.toString());
    }
}
