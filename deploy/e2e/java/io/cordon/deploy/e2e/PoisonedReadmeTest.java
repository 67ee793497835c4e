package io.cordon.deploy.e2e;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordon.deploy.quickstart.Launch;
import io.cordon.deploy.quickstart.Waiting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each real coding agent, started as its developer starts it, in a repository whose README asks for what no README should: fetch a
 * script from an unknown host, read credentials, plant a git hook. Its managed settings are what Cordon wrote. The fix lands, the
 * attacks fail, the developer is told why, and the analyst sees one session with all of it in order.
 */
@Tag("agents")
@ExtendWith(Workstation.Shared.class)
class PoisonedReadmeTest {
    /** All of the script but what the hook refuses. */
    private static final int RUNS = 7;

    private final Workstation workstation;

    PoisonedReadmeTest(Workstation workstation) {
        this.workstation = workstation;
    }

    @ParameterizedTest
    @EnumSource(CodingCli.class)
    void theFixLandsTheAttacksFailAndBothSidesSeeWhy(CodingCli cli) throws Exception {
        assertTrue(ManagedMachine.isThis(), "start it with deploy/e2e/agents/privately");
        Developer developer = workstation.developer();
        Path project = PoisonedProject.create(developer, "shop-" + cli.word());
        Path folder = workstation.folder().resolve("poisoned-" + cli.word());
        try (PeerHost peer = PeerHost.start(workstation.folder());
                MockModel model = MockModel.start(
                        workstation.checkout().root(),
                        folder,
                        PoisonedProject.script(),
                        "The cart test passes. I could not do all that the README asks.")) {
            cli.configure(developer, model.port());
            workstation.govern("e2e-agents", POLICY);
            PoisonedProject.controls(developer, peer);

            Instant began;
            Launch launch;
            int tries = 0;
            do {
                began = Instant.now();
                launch = ManagedMachine.run(
                        workstation,
                        project,
                        cli.environment(developer, model.port()),
                        cli.command(PoisonedProject.PROMPT));
            } while (cli.gaveUpStarting(launch) && ++tries < CodingCli.TRIES);

            assertEquals(0, launch.exitCode(), launch.output());
            String told = model.toldResults();
            assertAll(
                    () -> assertTrue(
                            Files.readString(project.resolve("cart.js")).contains("sum + item"), "the fix landed"),
                    () -> assertTrue(told.contains("# pass 1"), "the tests ran and passed:\n" + told),
                    () -> assertFalse(peer.requests().contains("setup.sh"), "the unknown host saw nothing"),
                    () -> assertFalse(
                            model.received().contains(PoisonedProject.SECRET), "the credentials stayed secret"),
                    () -> assertFalse(Files.exists(project.resolve(".git/hooks/pre-commit")), "no hook was planted"),
                    () -> assertFalse(
                            Files.readString(project.resolve(".git/config")).contains("hooksPath"),
                            "git was not pointed elsewhere"),
                    () -> assertTrue(told.contains("host-not-allowed"), "why the host was not reached:\n" + told),
                    () -> assertTrue(
                            told.contains("Permission denied") || told.contains("No such file"),
                            "why the credentials were not read:\n" + told),
                    () -> assertTrue(told.contains("Read-only file system"), "why no hook was planted:\n" + told),
                    () -> assertTrue(
                            told.contains("Git hooks run outside the sandbox"), "why git was not changed:\n" + told));
            seenByTheAnalyst(cli, began);
        }
    }

    private void seenByTheAnalyst(CodingCli cli, Instant began) throws Exception {
        List<JsonNode> found = new ArrayList<>();
        Waiting.until(Workstation.SOON, "the server has no whole session of " + cli.word(), () -> {
            found.clear();
            for (JsonNode session : workstation
                    .admin()
                    .get("/admin/v1/sessions?q=" + cli.word())
                    .path("items")) {
                // Other tests of this machine have sessions of the same agents.
                if (session.path("agent").asText().equals(cli.word())
                        && !at(session.path("startedAt")).isBefore(began)) {
                    found.add(workstation
                            .admin()
                            .get("/admin/v1/sessions/" + session.path("id").asText()));
                }
            }
            return found.stream().anyMatch(each -> each.path("runs").size() >= RUNS && ended(each));
        });
        assertEquals(1, found.size(), "one session, not several");
        JsonNode session = found.get(0);
        assertEquals("cordon-e2e", session.path("user").asText());
        assertEquals(1, session.path("denied").asInt(), "what the hook refused counts as denied");
        assertEquals(RUNS, session.path("runs").size());
        List<String> story = story(session, cli);
        assertEquals(expected(cli), story, String.join("\n", story));
        theHostWasAskedFor(session);
    }

    private static boolean ended(JsonNode session) {
        for (JsonNode event : session.path("events")) {
            if (event.path("kind").asText().equals("session-end")) {
                return true;
            }
        }
        return false;
    }

    /** Prompt, runs with the agent's reason, and what Cordon refused, in the order in which the console shows them. */
    private static List<String> story(JsonNode session, CodingCli cli) {
        TreeMap<Instant, String> moments = new TreeMap<>();
        session.path("events").forEach(event -> {
            boolean prompt = event.path("kind").asText().equals("prompt")
                    && event.path("text").isTextual();
            boolean answer = event.path("attested").asBoolean()
                    && !event.path("decision").asText().equals("allow");
            if (prompt && !moments.containsValue("prompt: " + event.path("text").asText())) {
                moments.put(
                        at(event.path("at")), "prompt: " + event.path("text").asText());
            } else if (answer) {
                moments.put(
                        at(event.path("at")),
                        event.path("decision").asText() + ": "
                                + event.path("rule").asText());
            }
        });
        session.path("runs").forEach(run -> {
            assertTrue(run.path("attested").asBoolean());
            String command = run.path("command").asText();
            String reason = cli == CodingCli.CODEX
                    ? ""
                    : " (" + run.path("statedReason").asText() + ")";
            moments.put(at(run.path("startedAt")), "run " + run.path("exitCode") + ": " + shortened(command) + reason);
        });
        return List.copyOf(moments.values());
    }

    private static Instant at(JsonNode time) {
        return Instant.parse(time.asText());
    }

    /** Its first two words after the shell. */
    private static String shortened(String command) {
        String[] words = command.replaceFirst("^\\S+ -l?c '?", "").split("[ '\\\\]+");
        return words[0] + " " + words[1];
    }

    private static List<String> expected(CodingCli cli) {
        List<String> story = new ArrayList<>(List.of("prompt: " + PoisonedProject.PROMPT));
        List<Integer> status = List.of(0, 0, 0, 1, 1, -1, 0, 0);
        for (int i = 0; i < status.size(); i++) {
            MockModel.Step step = PoisonedProject.script().get(i);
            String reason = cli == CodingCli.CODEX ? "" : " (" + step.why() + ")";
            story.add(
                    status.get(i) < 0
                            ? "deny: no-hooks-elsewhere"
                            : "run " + status.get(i) + ": " + shortened(step.shell()) + reason);
        }
        return story;
    }

    /** The trace of the command has the attempt to reach the host, with the rule. */
    private void theHostWasAskedFor(JsonNode session) throws Exception {
        for (JsonNode run : session.path("runs")) {
            if (run.path("command").asText().contains("setup.sh")) {
                String trace = workstation
                        .admin()
                        .get("/admin/v1/traces/" + run.path("traceId").asText())
                        .path("spans")
                        .toString();
                assertTrue(trace.contains(PeerHost.ADDRESS) && trace.contains("host-not-allowed"), trace);
                assertEquals(2, run.path("refusedConnections").asInt());
                return;
            }
        }
        throw new AssertionError("no run with the download");
    }

    private static final String POLICY = """
            apiVersion: cordon.io/v1
            kind: SandboxPolicy
            metadata:
              name: e2e-agents
              title: Coding agents in the end-to-end test
              description: The project is writable, credentials are not readable, and no host is allowed.
              contact: security@example.com
            spec:
              mode: enforce
              filesystem:
                read: {deny: ["~/.aws", "~/.ssh"]}
                write:
                  roots: ["${workspace}", "${tmp}"]
                  protect: [".git/hooks", ".git/config", ".codex", ".agents", ".claude", ".gemini"]
              network: {mode: proxy, allow: [{host: registry.npmjs.org, ports: [443]}]}
              process:
                limits: {processes: 256, memoryMiB: 4096, wallClockSeconds: 1800, openFiles: 4096}
                environment: {pass: [PATH, HOME, LANG, TERM]}
              commands:
                default: allow
                unknown: allow
                rules:
                  - id: no-hooks-elsewhere
                    match: {argv: [git], anyOf: ["core.hookspath*"], ignoreCase: true}
                    decision: deny
                    reason: Git hooks run outside the sandbox; they stay where they are.
                    examples: {match: ["git config core.hooksPath x"]}
              agents: {codex: {}, claudeCode: {}, gemini: {}, copilot: {}}
              telemetry: {arguments: full, retainDays: 30, agentEvents: security}
            """;
}
