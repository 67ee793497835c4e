package io.cordon.agent.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.cordon.agent.egress.EgressDoor;
import io.cordon.agent.os.Account;
import io.cordon.agent.os.Caller;
import io.cordon.agent.os.Ledger;
import io.cordon.agent.os.LivePlaceholders;
import io.cordon.agent.os.LocalReply;
import io.cordon.agent.os.LocalRequest;
import io.cordon.agent.os.MemoryChannel;
import io.cordon.agent.os.MemoryFileAccess;
import io.cordon.agent.os.MemoryLauncher;
import io.cordon.agent.os.MemoryNetworkFence;
import io.cordon.agent.os.MemoryUsers;
import io.cordon.agent.os.Principal;
import io.cordon.agent.os.RunListener;
import io.cordon.agent.telemetry.HostFacts;
import io.cordon.agent.telemetry.MemorySpool;
import io.cordon.agent.telemetry.RunRecorder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOW);
    private static final BrokerLimits LIMITS = new BrokerLimits(3, 2, 2, 8);

    @TempDir
    Path dir;

    private final MemoryChannel channel = new MemoryChannel();
    private final MemoryLauncher launcher = new MemoryLauncher();
    private final MemorySpool spool = new MemorySpool(1 << 20);
    private final PolicyInForce policies = new PolicyInForce();
    private final HookLog hooks = new HookLog();
    private final AtomicLong ids = new AtomicLong();
    private final CompletableFuture<String> ended = new CompletableFuture<>();
    private RunRecorder recorder;
    private Ledger ledger;
    private Broker broker;

    @BeforeEach
    void start() throws IOException {
        HostFacts host = new HostFacts("e-1", "box", "linux", "0.1.0");
        recorder = RunRecorder.open(dir, spool, () -> host, new byte[32], CLOCK);
        ledger = Ledger.open(dir);
        Principal ada = new Principal("ada", new Account.Posix(1000, 1000, List.of()), "/home/ada");
        Principal bob = new Principal("bob", new Account.Posix(1001, 1001, List.of()), "/home/bob");
        broker = new Broker(
                new BrokerPorts(
                        channel,
                        launcher,
                        new MemoryFileAccess(List.of("/var/lib/cordon")),
                        new MemoryNetworkFence(),
                        new MemoryUsers(Map.of(1000, ada, 1001, bob))),
                policies,
                recorder,
                ledger,
                new LivePlaceholders(CLOCK),
                EgressDoor.SHUT,
                () -> new AgentStatus("e-1", "https://server", "enrolled", NOW, null, List.of(), null),
                "linux",
                "/usr/bin/cordon",
                hooks,
                LIMITS,
                CLOCK);
        policies.replace(Policies.resolve(Policies.USUAL));
        broker.start(ended::complete);
    }

    @AfterEach
    void stop() throws IOException {
        broker.close();
        recorder.close();
        ledger.close();
    }

    private LocalRequest request(LocalRequest.Operation operation, int uid, Map<String, String> args, String... argv) {
        return new LocalRequest(
                ids.incrementAndGet(),
                operation,
                new Caller(7, new Account.Posix(uid, uid, List.of()), 1, "/usr/bin/node", 1000, 99),
                "/home/ada/project",
                List.of(argv),
                Map.of("PATH", "/usr/bin", "MY_TOKEN", "x", "GREETING", "hi"),
                null,
                null,
                null,
                null,
                args);
    }

    private LocalRequest run(int uid, String... argv) {
        return request(LocalRequest.Operation.RUN, uid, Map.of(), argv);
    }

    private LocalReply reply(LocalRequest request) throws Exception {
        return channel.send(request).get(60, TimeUnit.SECONDS);
    }

    private MemoryLauncher.Launched launched(LocalRequest request) throws InterruptedException {
        channel.send(request);
        MemoryLauncher.Launched run = launcher.next(60);
        assertNotNull(run);
        return run;
    }

    private void awaitRecorded(long id) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!launcher.wasRecorded(id)) {
            assertTrue(System.nanoTime() < until, "not recorded");
            Thread.onSpinWait();
        }
    }

    @Test
    void allowedCommandIsLaunchedAsTheCallerWithTheFilteredEnvironment() throws Exception {
        MemoryLauncher.Launched run = launched(run(1000, "ls", "-l"));
        assertEquals(List.of("ls", "-l"), run.plan().argv());
        assertEquals(1000, run.plan().principal().account().posix().uid());
        assertEquals("hi", run.plan().env().get("GREETING"));
        assertEquals("/home/ada", run.plan().env().get("HOME"));
        assertFalse(run.plan().env().containsKey("MY_TOKEN"));
        assertTrue(run.plan().env().get("BAGGAGE").startsWith("cordon.exec_id="));
        assertFalse(run.plan().network().isOnline());
        assertEquals(64, run.plan().limits().processes());
    }

    private static RunListener.ProcessEvent exec(String... arguments) {
        return new RunListener.ProcessEvent(
                RunListener.ProcessEvent.Kind.EXEC, 4243, 4242, "/usr/bin/x", List.of(arguments), false, null, NOW);
    }

    private Object commandsOf(MemoryLauncher.Launched run) throws IOException {
        launcher.exit(run.id(), 0, NOW);
        awaitRecorded(run.id());
        return Records.roots(spool).get(0).get("commands");
    }

    @Test
    void whatAProcessOfTheRunExecutesIsRedactedLikeTheCommandItself() throws Exception {
        MemoryLauncher.Launched run = launched(run(1000, "make"));
        launcher.start(run.id(), NOW);
        launcher.listener(run.id()).process(exec("curl", "--token", "hunter2", "https://x/CUST-1234"));
        String commands = commandsOf(run).toString();
        assertTrue(commands.startsWith("[[curl, --token, [redacted:"), commands);
        assertFalse(commands.contains("hunter2") || commands.contains("CUST-1234"), commands);
    }

    @Test
    void argumentsThatMayNotBeStoredAreNotStoredForProcessesEither() throws Exception {
        policies.replace(Policies.resolve(Policies.USUAL.replace("arguments: redacted", "arguments: none")));
        MemoryLauncher.Launched run = launched(run(1000, "make"));
        launcher.start(run.id(), NOW);
        launcher.listener(run.id()).process(exec("curl", "https://example.com"));
        assertEquals(List.of(List.of("curl")), commandsOf(run));
    }

    @Test
    void aFloodOfArgumentsDoesNotMakeARecordThatCannotBeKept() throws Exception {
        MemoryLauncher.Launched run = launched(run(1000, "make"));
        launcher.start(run.id(), NOW);
        for (int i = 0; i < 200; i++) {
            launcher.listener(run.id()).process(exec("x", "y".repeat(4000)));
        }
        List<?> commands = (List<?>) commandsOf(run);
        assertEquals(200, commands.size());
        assertNotNull(commands.get(0));
        assertNull(commands.get(199));
    }

    @Test
    void callerLearnsTheEndOnlyWhenTheRecordIsDurable() throws Exception {
        MemoryLauncher.Launched run = launched(run(1000, "ls"));
        launcher.start(run.id(), NOW);
        launcher.exit(run.id(), 3, NOW);
        awaitRecorded(run.id());
        assertEquals(3L, Records.roots(spool).get(0).get("process.exit.code"));
    }

    @Test
    void codingAgentThatPolicyDoesNotLetRunIsRefusedHoweverItIsStarted() throws Exception {
        Path modules = Files.createDirectories(dir.resolve("node_modules/@openai/codex"));
        Path program = Files.writeString(modules.resolve("codex.js"), "#!/usr/bin/env node");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(modules.resolve("package.json"), "{\"name\":\"@openai/codex\",\"version\":\"0.169.0\"}");
        String codex = Files.createSymbolicLink(dir.resolve("x"), program).toString();

        policies.replace(Policies.resolve(Policies.USUAL + "agents: {codex: {minVersion: \"0.170\"}}\n"));
        LocalReply reply = reply(run(1000, codex, "exec"));
        assertEquals(126, reply.exit());
        assertTrue(
                reply.stderr()
                        .startsWith(
                                "cordon: denied by rule agents:codex (policy test v4): Codex 0.169.0 is too old; 0.170"),
                reply.stderr());
        assertEquals("agents:codex", Records.roots(spool).get(0).get("cordon.rule"));
        assertEquals(126, reply(run(1000, "bash", "-c", "cd / && " + codex)).exit());

        policies.replace(Policies.resolve(Policies.USUAL + "agents: {codex: {minVersion: \"0.169\"}}\n"));
        assertEquals(List.of(codex), launched(run(1000, codex)).plan().argv());
    }

    @Test
    void codingAgentThatMayNotRunIsOnlyRecordedInAuditMode() throws Exception {
        policies.replace(Policies.resolve(
                Policies.USUAL.replace("mode: enforce", "mode: audit") + "agents: {unlisted: deny}\n"));
        MemoryLauncher.Launched run = launched(run(1000, "npx", "opencode-ai"));
        launcher.exit(run.id(), 0, NOW);
        awaitRecorded(run.id());
        assertEquals("agents:opencode", Records.roots(spool).get(0).get("cordon.rule"));
    }

    @Test
    void deniedCommandIsRecordedAndNotLaunched() throws Exception {
        LocalReply reply = reply(run(1000, "git", "push", "--force"));
        assertEquals(126, reply.exit());
        assertTrue(reply.stderr().startsWith("cordon: denied by rule no-force-push (policy test v4): "));
        assertEquals("denied", Records.roots(spool).get(0).get("cordon.outcome"));
        assertNull(launcher.next(0));
    }

    @Test
    void promptWithNobodyToAskIsARefusalThatSaysSo() throws Exception {
        LocalReply reply = reply(run(1000, "deploy", "now"));
        assertEquals(126, reply.exit());
        assertTrue(reply.stderr().contains("approval is needed by rule deploy-asks"), reply.stderr());
        assertEquals("prompt", Records.roots(spool).get(0).get("cordon.decision"));
    }

    @Test
    void withoutAPolicyEverythingIsDenied() throws Exception {
        policies.replaceWithStrictest();
        assertEquals(126, reply(run(1000, "true")).exit());
    }

    @Test
    void auditRunsWhatItWouldDeny() throws Exception {
        policies.replace(Policies.resolve(Policies.USUAL.replace("mode: enforce", "mode: audit")));
        MemoryLauncher.Launched run = launched(run(1000, "git", "push", "--force"));
        assertTrue(run.plan().network().isOnline());
        assertEquals("x", run.plan().env().get("MY_TOKEN"));
        launcher.exit(run.id(), 0, NOW);
        awaitRecorded(run.id());
        assertEquals(false, Records.roots(spool).get(0).get("cordon.enforced"));
        assertEquals("deny", Records.roots(spool).get(0).get("cordon.decision"));
    }

    @Test
    void unknownUserIsRefused() throws Exception {
        assertEquals(125, reply(run(4711, "true")).exit());
    }

    @Test
    void runThatCannotBeRecordedDoesNotStart() throws Exception {
        spool.setFull(true);
        LocalReply reply = reply(run(1000, "true"));
        assertEquals(125, reply.exit());
        assertTrue(reply.stderr().contains("cannot be kept"), reply.stderr());
        assertNull(launcher.next(0));
        assertEquals(0, broker.health().running());
    }

    @Test
    void boundaryThatCannotBeBuiltIsARefusal() throws Exception {
        policies.replace(Policies.resolve(Policies.USUAL.replace("\"${workspace}\", ", "\"/home\", ")));
        assertEquals(126, reply(run(1000, "true")).exit());
        assertEquals("root-too-wide", Records.roots(spool).get(0).get("cordon.rule"));
    }

    @Test
    void oneUserCannotTakeEverySlot() throws Exception {
        launched(run(1000, "a"));
        launched(run(1000, "b"));
        assertEquals(125, reply(run(1000, "c")).exit());
        MemoryLauncher.Launched bobs = launched(run(1001, "d"));
        assertEquals(125, reply(run(1001, "e")).exit());
        launcher.exit(bobs.id(), 0, NOW);
        awaitRecorded(bobs.id());
        launched(run(1001, "f"));
    }

    @Test
    void failureToStartIsToldAndRecorded() throws Exception {
        LocalRequest request = run(1000, "true");
        CompletableFuture<LocalReply> reply = channel.send(request);
        assertNotNull(launcher.next(60));
        launcher.fail(request.id(), "plan-check", "no");
        assertEquals(125, reply.get(60, TimeUnit.SECONDS).exit());
        assertEquals("failed-to-start", Records.roots(spool).get(0).get("cordon.outcome"));
    }

    @Test
    void whenTheLauncherDiesEveryRunIsLostAndTheServiceIsTold() throws Exception {
        launched(run(1000, "a"));
        launcher.die("the spawner exited with status 1");
        channel.breakOff("the spawner exited with status 1");
        assertEquals("the spawner exited with status 1", ended.get(60, TimeUnit.SECONDS));
        assertNotNull(broker.health().enforcement());
        broker.start(why -> {});
        assertNull(broker.health().enforcement());
        broker.close();
        assertEquals("lost", Records.roots(spool).get(0).get("cordon.outcome"));
    }

    @Test
    void explainNamesDocumentAndLine() throws Exception {
        LocalReply reply = reply(request(
                LocalRequest.Operation.EXPLAIN,
                1000,
                Map.of("kind", "command", "json", "true"),
                "git",
                "push",
                "--force"));
        assertTrue(reply.stdout().contains("\"rule\":\"no-force-push\""), reply.stdout());
        assertTrue(reply.stdout().contains("\"document\":\"policies/test.yaml\""), reply.stdout());
    }

    @Test
    void statusTellsNoSecretsOfTheMachine() throws Exception {
        LocalReply reply = reply(request(LocalRequest.Operation.STATUS, 4711, Map.of()));
        assertEquals(0, reply.exit());
        assertTrue(reply.stdout().contains("test v4 (enforce)"), reply.stdout());
        assertTrue(reply.stdout().contains("agent        Copilot CLI: not managed\n"), reply.stdout());
        assertFalse(reply.stdout().contains(dir.toString()));
        LocalReply json = reply(request(LocalRequest.Operation.STATUS, 4711, Map.of("json", "true")));
        assertEquals(
                List.of("codex", "claude-code", "gemini", "copilot"),
                new ObjectMapper().readTree(json.stdout()).path("agents").findValuesAsText("agent"));
    }
}
