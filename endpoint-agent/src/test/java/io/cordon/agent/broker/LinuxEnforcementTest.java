package io.cordon.agent.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.broker.EnforcementRig.Result;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole way, for real: launcher, spawner, broker, bubblewrap, as an ordinary user. Runs as root; fails without. */
class LinuxEnforcementTest {
    private static EnforcementRig rig;

    @BeforeAll
    static void start() throws IOException {
        rig = new EnforcementRig();
    }

    @AfterAll
    static void stop() throws IOException {
        rig.close();
    }

    @BeforeEach
    void usualPolicy() {
        rig.policies.replace(Policies.resolve(Policies.USUAL));
    }

    @Test
    void exitStatusAndStreamsAreTheChilds() throws IOException {
        Result result = EnforcementRig.finish(
                rig.cordon(Map.of(), "run", "--", "sh", "-c", "cat; echo oops >&2; exit 7"), "through a pipe");
        assertEquals(new Result(7, "through a pipe", "oops\n"), result);
        assertEquals(7L, rig.lastRecord().get("process.exit.code"));
        assertEquals("completed", rig.lastRecord().get("cordon.outcome"));
    }

    @Test
    void runsAsTheCallerInTheCallersDirectory() throws IOException {
        Result result = rig.run("id -un; pwd");
        assertEquals(rig.user + "\n" + rig.project + "\n", result.out());
    }

    @Test
    void signalsEndAsAShellShowsThem() throws IOException {
        assertEquals(128 + 15, rig.run("kill -TERM $$").exit());
    }

    @Test
    void commandThatDoesNotExistIs127() throws IOException {
        assertEquals(
                127,
                EnforcementRig.finish(rig.cordon(Map.of(), "run", "--", "no-such-command"), "")
                        .exit());
    }

    @Test
    void denialIsOneLineThatNamesTheRuleAndWhoToAsk() throws IOException {
        Result result = EnforcementRig.finish(rig.cordon(Map.of(), "run", "--", "git", "push", "--force"), "");
        assertEquals(
                new Result(
                        126,
                        "",
                        "cordon: denied by rule no-force-push (policy test v4): Force pushes rewrite shared history."
                                + " Ask ask@example.com.\n"),
                result);
        assertEquals("denied", rig.lastRecord().get("cordon.outcome"));
    }

    @Test
    void withoutAnAgentNothingRuns() throws IOException {
        Path witness = rig.project.resolve("witness");
        Result result = EnforcementRig.finish(
                rig.cordon(Map.of("CORDON_SOCKET", "/var/tmp/no-agent.sock"), "run", "--", "touch", witness.toString()),
                "");
        assertEquals(125, result.exit());
        assertFalse(Files.exists(witness));
    }

    @Test
    void writesInTheWorkspaceAndNowhereElse() throws IOException {
        assertEquals(0, rig.run("echo x > src/made && mkdir src/dir").exit());
        assertEquals(rig.user, Files.getOwner(rig.project.resolve("src/made")).getName());
        assertNotEquals(0, rig.run("echo x > ~/outside").exit());
        assertFalse(Files.exists(rig.home.resolve("outside")));
        assertEquals(0, rig.run("echo x > /tmp/private && cat /tmp/private").exit());
        assertFalse(Files.exists(Path.of("/tmp/private")));
    }

    @Test
    void protectedPathsStayAsTheyAre() throws Exception {
        for (String attempt : List.of(
                "echo evil > .git/hooks/pre-commit",
                "echo evil >> .git/config",
                "mv .git .git2",
                "mv .git/hooks .git/h",
                "rm -rf .git/config",
                "ln -s /tmp .codex",
                "mkdir -p .codex/x",
                "rmdir .codex")) {
            assertNotEquals(0, rig.run(attempt).exit(), attempt);
        }
        assertEquals("[core]\n", Files.readString(rig.project.resolve(".git/config")));
        assertFalse(Files.exists(rig.project.resolve(".git/hooks/pre-commit")));
        EnforcementRig.await("the placeholder to be taken back", () -> !Files.exists(rig.project.resolve(".codex")));
        assertEquals(0, rig.run("echo x > .git/index").exit());
    }

    @Test
    void deniedReadIsNotReadable() throws IOException {
        for (String attempt : List.of(
                "cat ~/.ssh/id", "ls ~/.ssh", "cat /proc/self/root" + rig.home + "/.ssh/id", "ln ~/.ssh/id src/hard")) {
            Result result = rig.run(attempt);
            assertNotEquals(0, result.exit(), attempt);
            assertFalse(result.out().contains("secret"), attempt);
        }
    }

    @Test
    void cordonsStateIsOutOfReach() throws IOException {
        assertNotEquals(0, rig.run("ls " + rig.layout.spool()).exit());
        assertNotEquals(0, rig.run("ls " + rig.layout.runtime()).exit());
        assertNotEquals(0, rig.run("test -S " + rig.layout.socket()).exit());
    }

    @Test
    void offlineReachesNoServiceOfTheHost() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Result result = EnforcementRig.finish(
                    rig.cordon(
                            Map.of(), "run", "--", "bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/" + server.getLocalPort()),
                    "");
            assertNotEquals(0, result.exit());
        }
    }

    @Test
    void aLoopbackPortOfThePolicyIsRelayed() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            rig.policies.replace(Policies.resolve(Policies.USUAL.replace(
                    "network: {mode: offline}",
                    "network: {mode: offline, loopback: {ports: [" + server.getLocalPort() + "]}}")));
            Thread answering = new Thread(() -> {
                try (Socket client = server.accept()) {
                    byte[] asked = client.getInputStream().readNBytes(5);
                    client.getOutputStream()
                            .write(("got " + new String(asked, StandardCharsets.UTF_8))
                                    .getBytes(StandardCharsets.UTF_8));
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            answering.start();
            Result result = EnforcementRig.finish(
                    rig.cordon(
                            Map.of(),
                            "run",
                            "--",
                            "bash",
                            "-c",
                            "exec 3<>/dev/tcp/127.0.0.1/" + server.getLocalPort() + "; printf 'hello' >&3; cat <&3"),
                    "");
            assertEquals("got hello", result.out(), result.err());
            answering.join();
        }
    }

    @Test
    void environmentIsFilteredAndSaysWhichRunItIs() throws IOException {
        Result result = EnforcementRig.finish(
                rig.cordon(
                        Map.of(
                                "GREETING", "hi",
                                "MY_TOKEN", "secret",
                                "OTHER", "x",
                                "TRACEPARENT", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"),
                        "run",
                        "--",
                        "env"),
                "");
        assertTrue(result.out().contains("GREETING=hi\n"));
        assertTrue(result.out().contains("FROM_POLICY=yes\n"));
        assertFalse(result.out().contains("MY_TOKEN"));
        assertFalse(result.out().contains("OTHER"));
        assertTrue(result.out().contains("TRACEPARENT=00-4bf92f3577b34da6a3ce929d0e0e4736-"));
        assertTrue(result.out().contains("CORDON_RUN_ID=" + rig.lastRecord().get("cordon.run.id") + "\n"));
        assertEquals("4bf92f3577b34da6a3ce929d0e0e4736", rig.lastRecord().get("traceId"));
    }

    @Test
    void recordSaysWhatWasRunByWhomAndWhy() throws IOException {
        EnforcementRig.finish(
                rig.cordon(
                        Map.of(),
                        "run",
                        "--session",
                        "s-1",
                        "--tool-call",
                        "t-1",
                        "--reason",
                        "to see CUST-1234",
                        "--",
                        "echo",
                        "--token=hunter2hunter2"),
                "");
        Map<String, Object> record = rig.lastRecord();
        assertEquals("s-1", record.get("cordon.session.id"));
        assertEquals("t-1", record.get("gen_ai.tool.call.id"));
        assertEquals(rig.user, record.get("enduser.id"));
        assertEquals("echo", record.get("process.executable.name"));
        assertEquals(rig.project.toString(), record.get("process.working_directory"));
        assertFalse(record.toString().contains("hunter2"), record.toString());
        assertFalse(record.toString().contains("CUST-1234"), record.toString());
        assertEquals(
                List.of("cordon.confinement", "cordon.decision", "cordon.execution", "cordon.run"),
                record.get("spans"));
    }

    @Test
    void recordSaysWhatTheProcessesOfTheRunWereAskedToDo() throws Exception {
        rig.runs.forgetExecuted();
        Process launcher = rig.cordon(Map.of(), "run", "--", "sh", "-c", "/bin/cat -u -; :")
                .start();
        // It runs until everything up to there was looked at.
        EnforcementRig.await(
                "the command to be seen", () -> rig.runs.executed().stream().anyMatch(each -> each.endsWith("/cat")));
        launcher.getOutputStream().close();
        assertTrue(launcher.waitFor(60, TimeUnit.SECONDS));
        String commands = rig.lastRecord().get("commands").toString();
        assertTrue(commands.contains("[/bin/cat, -u, -]"), commands);
    }

    @Test
    void whenTheLauncherDiesSoDoesTheCommand() throws Exception {
        Process launcher = rig.cordon(Map.of(), "run", "--", "sh", "-c", "echo up; exec sleep 987654")
                .start();
        assertEquals('u', launcher.getInputStream().read());
        launcher.destroyForcibly();
        EnforcementRig.await("the run to end", () -> rig.broker.health().running() == 0);
        EnforcementRig.await(
                "its processes to be gone",
                () -> ProcessHandle.allProcesses()
                        .noneMatch(process ->
                                process.info().commandLine().orElse("").contains("sleep 987654")));
        EnforcementRig.await("its record", () -> {
            try {
                return rig.lastRecord().get("process.command_args").toString().contains("987654");
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
    }

    @Test
    void whenTheSpawnerIsKilledItsRunsDieAndAreRecordedAsLost() throws Exception {
        EnforcementRig broken = new EnforcementRig();
        try {
            Process launcher = broken.cordon(
                            Map.of(), "run", "--", "sh", "-c", "echo up; setsid sleep 987655 & exec sleep 987655")
                    .start();
            assertEquals('u', launcher.getInputStream().read());
            broken.spawner().destroyForcibly();
            assertTrue(launcher.waitFor(60, TimeUnit.SECONDS));
            assertEquals(125, launcher.exitValue());
            EnforcementRig.await(
                    "the confined processes to be gone",
                    () -> ProcessHandle.allProcesses()
                            .noneMatch(process ->
                                    process.info().commandLine().orElse("").contains("sleep 987655")));
            assertTrue(broken.channelEnded.get(60, TimeUnit.SECONDS).contains("spawner"));
            EnforcementRig.await("the record", () -> broken.spool.stats().records() == 1);
            assertEquals("lost", broken.lastRecord().get("cordon.outcome"));
        } finally {
            broken.close();
        }
    }

    @Test
    void wallClockLimitEndsTheRun() throws IOException {
        rig.policies.replace(Policies.resolve(Policies.USUAL.replace("wallClockSeconds: 60", "wallClockSeconds: 1")));
        Result result = rig.run("sleep 600");
        assertNotEquals(0, result.exit());
        assertEquals(List.of("wallClock"), rig.lastRecord().get("cordon.limits_hit"));
        assertEquals("killed", rig.lastRecord().get("cordon.outcome"));
    }

    @Test
    void auditRunsWhatPolicyWouldDenyAndSaysSo() throws IOException {
        rig.policies.replace(Policies.resolve(Policies.USUAL.replace("mode: enforce", "mode: audit")));
        Result result = EnforcementRig.finish(rig.cordon(Map.of(), "run", "--", "deploy"), "");
        assertEquals(127, result.exit());
        assertEquals("prompt", rig.lastRecord().get("cordon.decision"));
        assertEquals(false, rig.lastRecord().get("cordon.enforced"));
        assertEquals("secret\n", rig.run("cat ~/.ssh/id").out());
        assertNotEquals(0, rig.run("ls " + rig.layout.data()).exit());
    }

    @Test
    void statusAndExplainAnswerAnyUser() throws IOException {
        Result status = EnforcementRig.finish(rig.cordon(Map.of(), "status", "--json"), "");
        assertTrue(status.out().contains("\"policyName\":\"test\""), status.toString());
        Result explain =
                EnforcementRig.finish(rig.cordon(Map.of(), "explain", "command", "git", "push", "--force"), "");
        assertTrue(explain.out().contains("no-force-push"), explain.toString());
        assertTrue(explain.out().contains("policies/test.yaml line"), explain.toString());
        Result path = EnforcementRig.finish(rig.cordon(Map.of(), "explain", "path", "--write", ".git/config"), "");
        assertTrue(path.out().startsWith("deny"), path.toString());
        Result host = EnforcementRig.finish(rig.cordon(Map.of(), "explain", "host", "example.com:443"), "");
        assertTrue(host.out().contains("network-offline"), host.toString());
    }

    @Test
    void aProtectedLinkRefusesTheRun() throws IOException {
        rig.as("mkdir -p linked/real && ln -s real linked/.codex");
        Result result =
                EnforcementRig.finish(rig.cordonIn(rig.home.resolve("linked"), Map.of(), "run", "--", "true"), "");
        assertEquals(126, result.exit());
        assertTrue(result.err().contains("symbolic link"), result.err());
    }

    @Test
    void parallelRunsInOneFolderKeepEachOthersPlaceholders() throws Exception {
        Process first = rig.cordon(Map.of(), "run", "--", "sh", "-c", "echo up; cat >/dev/null")
                .start();
        assertEquals('u', first.getInputStream().read());
        Process second = rig.cordon(Map.of(), "run", "--", "sh", "-c", "echo up; cat >/dev/null; mkdir .codex/x")
                .start();
        assertEquals('u', second.getInputStream().read());
        first.getOutputStream().close();
        assertTrue(first.waitFor(60, TimeUnit.SECONDS));
        assertTrue(Files.exists(rig.project.resolve(".codex")));
        second.getOutputStream().close();
        assertTrue(second.waitFor(60, TimeUnit.SECONDS));
        assertNotEquals(0, second.exitValue());
        EnforcementRig.await("the placeholder to be taken back", () -> !Files.exists(rig.project.resolve(".codex")));
    }
}
