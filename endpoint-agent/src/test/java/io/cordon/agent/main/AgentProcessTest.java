package io.cordon.agent.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.adapters.AgentPolicies;
import io.cordon.agent.adapters.claudecode.ClaudeCodeSettings;
import io.cordon.agent.adapters.codex.CodexSettings;
import io.cordon.agent.adapters.settings.ManagedSettings;
import io.cordon.agent.adapters.settings.Place;
import io.cordon.agent.os.Ledger;
import io.cordon.agent.os.linux.PosixCustody;
import io.cordon.policy.resolve.ResolvedPolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent as a process of its own, over the built programs. Runs as root; fails without. */
class AgentProcessTest {
    private static final int PATIENCE = 120;

    @TempDir
    Path dir;

    private final List<Process> started = new ArrayList<>();

    private record Outcome(int exit, String said) {}

    @BeforeEach
    void install() throws IOException {
        put("cordon", "home/bin");
        put("cordon-spawner", "home/libexec");
    }

    @AfterEach
    void endAll() throws InterruptedException {
        for (Process process : started) {
            process.destroyForcibly().waitFor();
        }
    }

    private void put(String program, String folder) throws IOException {
        Path copy = Files.createDirectories(dir.resolve(folder)).resolve(program);
        Files.copy(Path.of("target/launcher", program), copy);
        Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Process start(List<String> before, String... words) throws IOException {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dcordon.home=" + dir.resolve("home"),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "io.cordon.agent.main.CordonAgent"));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        started.add(process);
        return process;
    }

    private Outcome run(List<String> before, String... words) throws Exception {
        Process process = start(before, words);
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(PATIENCE, TimeUnit.SECONDS), said);
        return new Outcome(process.exitValue(), said);
    }

    private String[] places(String command) {
        return new String[] {
            command,
            "--data",
            dir.resolve("state/data").toString(),
            "--runtime",
            dir.resolve("state/run").toString()
        };
    }

    private Process startAgent() throws Exception {
        Process agent = start(List.of(), places("run"));
        Path socket = dir.resolve("state/run/agent.sock");
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
        while (!Files.exists(socket)) {
            assertTrue(agent.isAlive(), "the agent ended before it listened");
            assertTrue(System.nanoTime() < until, "the agent does not listen");
            Thread.onSpinWait();
        }
        return agent;
    }

    /** Its spawner ends by itself then, and takes its socket along. */
    private void kill(Process agent) throws Exception {
        agent.destroyForcibly().waitFor();
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
        while (Files.exists(dir.resolve("state/run/agent.sock"))) {
            assertTrue(System.nanoTime() < until, "the spawner does not end");
            Thread.onSpinWait();
        }
    }

    private List<Path> left() throws IOException {
        try (Stream<Path> files = Files.walk(dir.resolve("state"))) {
            return files.skip(1).toList();
        }
    }

    @Test
    void oneAgentOwnsItsFoldersStopsInOrderAndLeavesNothingWhenUninstalled() throws Exception {
        Process agent = startAgent();

        Outcome second = run(List.of(), places("run"));
        assertEquals(ExitCode.OWNED.code(), second.exit(), second.said());
        assertTrue(second.said().contains("belongs to a running agent (pid " + agent.pid() + ")"), second.said());
        Outcome tooEarly = run(List.of(), places("uninstall"));
        assertEquals(ExitCode.OWNED.code(), tooEarly.exit(), tooEarly.said());
        assertTrue(agent.isAlive());

        Outcome status =
                run(List.of(), "status", "--runtime", dir.resolve("state/run").toString());
        assertEquals(0, status.exit(), status.said());

        agent.destroy();
        assertTrue(agent.waitFor(PATIENCE, TimeUnit.SECONDS));
        assertEquals(0, agent.exitValue());

        Outcome uninstalled = run(List.of(), places("uninstall"));
        assertEquals(0, uninstalled.exit(), uninstalled.said());
        assertEquals(List.of(), left(), uninstalled.said());
    }

    @Test
    void whatAKilledAgentLeftIsUninstalledToo() throws Exception {
        kill(startAgent());
        Outcome uninstalled = run(List.of(), places("uninstall"));
        assertEquals(0, uninstalled.exit(), uninstalled.said());
        assertEquals(List.of(), left(), uninstalled.said());
    }

    @Test
    void managedSettingsAreGivenBackWhenUninstalled() throws Exception {
        Path theirs =
                Files.createDirectories(dir.resolve("root/etc/claude-code")).resolve("managed-settings.json");
        Files.writeString(theirs, "{\"theirs\": true}");
        kill(startAgent());
        try (Ledger ledger = Ledger.open(dir.resolve("state/data/ledger"))) {
            ResolvedPolicy policy = AgentPolicies.agents("{claudeCode: {}, codex: {}}");
            new ManagedSettings(new ManagedSettings.Parts(
                            List.of(new ClaudeCodeSettings(), new CodexSettings()),
                            List.of(),
                            new Place(dir.resolve("root")),
                            new PosixCustody(),
                            ledger,
                            () -> policy,
                            () -> AgentPolicies.LINUX,
                            text -> text,
                            InstantSource.system()))
                    .tick();
        }
        assertTrue(Files.readString(theirs).contains("/opt/cordon/bin/cordon"));
        assertTrue(Files.exists(dir.resolve("root/etc/codex/rules/cordon.rules")));

        Outcome uninstalled = run(List.of(), places("uninstall"));
        assertEquals(0, uninstalled.exit(), uninstalled.said());
        assertTrue(uninstalled.said().contains("restored " + theirs), uninstalled.said());
        assertEquals("{\"theirs\": true}", Files.readString(theirs));
        assertFalse(Files.exists(dir.resolve("root/etc/codex")));
        assertEquals(List.of(), left());
    }

    @Test
    void anEnrollmentThatAnInstallerLeftIsTriedAndReportedAndUninstalled() throws Exception {
        Path data = Files.createDirectories(dir.resolve("state/data"));
        String token = "cet1.abcdefghijklmnop." + "A".repeat(43) + "." + "b".repeat(43);
        Files.writeString(
                data.resolve("enroll.json"), "{\"server\":\"https://localhost:1\",\"token\":\"" + token + "\"}");
        Outcome unused = run(List.of(), places("uninstall"));
        assertEquals(0, unused.exit(), unused.said());
        assertEquals(List.of(), left(), unused.said());

        Files.createDirectories(data);
        Files.writeString(
                data.resolve("enroll.json"), "{\"server\":\"https://localhost:1\",\"token\":\"" + token + "\"}");
        Process agent = startAgent();
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
        String said;
        do {
            assertTrue(System.nanoTime() < until, "the failure is not reported");
            said = run(
                            List.of(),
                            "status",
                            "--runtime",
                            dir.resolve("state/run").toString())
                    .said();
        } while (!said.contains("enrollment failed and is tried again"));
        assertFalse(said.contains(token), said);
        agent.destroy();
        assertTrue(agent.waitFor(PATIENCE, TimeUnit.SECONDS));
        assertEquals(0, run(List.of(), places("uninstall")).exit());
        assertEquals(List.of(), left());
    }

    @Test
    void withoutRootItSaysSoAndMakesNothing() throws Exception {
        // The capability lets the other user read the classes; it does not make it root.
        List<String> asNobody = List.of(
                "setpriv",
                "--reuid=65534",
                "--regid=65534",
                "--clear-groups",
                "--inh-caps=+dac_read_search",
                "--ambient-caps=+dac_read_search");
        for (String command : List.of("run", "uninstall")) {
            Outcome outcome = run(asNobody, places(command));
            assertEquals(ExitCode.NOT_ROOT.code(), outcome.exit(), outcome.said());
            assertEquals(
                    "cordon-agent: \"cordon-agent " + command + "\" needs root. Run it with sudo\n", outcome.said());
        }
        assertFalse(Files.exists(dir.resolve("state")));
    }

    @Test
    void aMissingSpawnerEndsTheStartAndIsNamed() throws Exception {
        Path spawner = dir.resolve("home/libexec/cordon-spawner");
        Files.delete(spawner);
        Outcome outcome = run(List.of(), places("run"));
        assertEquals(ExitCode.OS.code(), outcome.exit(), outcome.said());
        assertTrue(outcome.said().contains(spawner.toString()), outcome.said());
    }
}
