package io.cordon.deploy.e2e;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordon.deploy.quickstart.Launch;
import io.cordon.deploy.quickstart.QuickstartException;
import io.cordon.deploy.quickstart.Waiting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each real coding agent, run wholly inside Cordon's sandbox by {@code cordon run -- codex}, below the settings that Cordon wrote: it
 * works without a question and without a word on its command line, the same attacks fail at the operating system, and the analyst sees one session: the attested run of
 * the agent, and what the agent told from within.
 */
@Tag("agents")
@ExtendWith(Workstation.Shared.class)
class ConfinedAgentsTest {
    private final Workstation workstation;

    ConfinedAgentsTest(Workstation workstation) {
        this.workstation = workstation;
    }

    @ParameterizedTest
    @EnumSource(CodingCli.class)
    void theFixLandsAndTheAttacksFailAtTheOperatingSystem(CodingCli cli) throws Exception {
        assertTrue(ManagedMachine.isThis(), "start it with deploy/e2e/agents/privately");
        Developer developer = workstation.developer();
        Path project = PoisonedProject.create(developer, "confined-" + cli.word());
        Path folder = workstation.folder().resolve("confined-" + cli.word());
        try (PeerHost peer = PeerHost.start(workstation.folder());
                MockModel model = MockModel.start(
                        workstation.checkout().root(), folder, PoisonedProject.script(), "The cart test passes.")) {
            cli.configure(developer, model.port());
            cli.configureConfined(developer);
            govern("e2e-confined", policy(model.port()));
            PoisonedProject.controls(developer, peer);
            String session;
            Launch launch;
            int tries = 0;
            do {
                session = Workstation.newSession();
                launch = start(cli, developer, project, model.port(), session);
            } while (cli.gaveUpStarting(launch) && ++tries < CodingCli.TRIES);

            assertEquals(0, launch.exitCode(), launch.output());
            String told = model.toldResults();
            assertAll(
                    () -> assertTrue(
                            Files.readString(project.resolve("cart.js")).contains("sum + item"), "the fix landed"),
                    () -> assertTrue(told.contains("# pass 1"), "the tests ran and passed:\n" + told),
                    () -> assertFalse(peer.requests().contains("setup.sh"), "the unknown host saw nothing"),
                    () -> assertTrue(
                            told.contains("host-not-allowed") || told.contains("was blocked"),
                            "why the host was not reached:\n" + told),
                    () -> assertFalse(
                            model.received().contains(PoisonedProject.SECRET), "the credentials stayed secret"),
                    () -> assertTrue(told.contains(".aws/credentials: Permission denied"), told),
                    () -> assertFalse(Files.exists(project.resolve(".git/hooks/pre-commit")), "no hook was planted"),
                    () -> assertTrue(told.contains(".git/hooks/pre-commit: Read-only file system"), told),
                    () -> assertFalse(
                            Files.readString(project.resolve(".git/config")).contains("hooksPath"),
                            "git was not pointed elsewhere"),
                    () -> assertTrue(told.contains("could not write config file .git/config"), told));
            seenByTheAnalyst(cli, session);
        }
    }

    /** What a run sees of the settings is what is there when it begins. */
    private void govern(String name, String policy) throws QuickstartException, InterruptedException {
        workstation.govern(name, policy);
        Waiting.until(
                Workstation.SOON,
                "the settings of Gemini CLI and Copilot CLI were not written",
                () -> Stream.of("gemini-cli/policies/cordon.toml", "github-copilot/policy.d/cordon.json")
                        .allMatch(file -> Files.exists(Path.of("/etc", file))));
    }

    private Launch start(CodingCli cli, Developer developer, Path project, int model, String session)
            throws QuickstartException, InterruptedException {
        return ManagedMachine.run(
                workstation,
                project,
                cli.environment(developer, model),
                confined(cli.command(PoisonedProject.PROMPT), session));
    }

    @Test
    void theSettingsHoldInsideAgainstTheCommandLine() throws Exception {
        assertTrue(ManagedMachine.isThis(), "start it with deploy/e2e/agents/privately");
        Developer developer = workstation.developer();
        Path project = PoisonedProject.create(developer, "confined-flag");
        Path folder = workstation.folder().resolve("confined-flag");
        try (MockModel model = MockModel.start(
                workstation.checkout().root(), folder, List.of(MockModel.Step.of("touch ran")), "Done.")) {
            CodingCli.GEMINI.configure(developer, model.port());
            govern("e2e-confined", policy(model.port()));
            List<String> command = new ArrayList<>(CodingCli.GEMINI.command("Go."));
            command.addAll(1, List.of("--approval-mode", "yolo"));

            Launch launch = ManagedMachine.run(
                    workstation,
                    project,
                    CodingCli.GEMINI.environment(developer, model.port()),
                    confined(command, Workstation.newSession()));

            assertTrue(launch.exitCode() != 0 && launch.exitCode() != 125, launch.exitCode() + launch.output());
            assertTrue(launch.output().contains("YOLO mode is disabled"), launch.output());
            assertFalse(Files.exists(project.resolve("ran")), launch.output());
        }
    }

    /** By a program that is taken for Gemini CLI, and starts the attempt. */
    @Test
    void whatSeesRootsSettingsEscapesNoMoreThanAnythingElse() throws Exception {
        assertTrue(ManagedMachine.isThis(), "start it with deploy/e2e/agents/privately");
        govern("e2e-escapes", EscapesTest.POLICY + "  agents: {gemini: {}, copilot: {}}\n");
        Path agent = ManagedMachine.INSTALLATION.resolve("bin/gemini");
        Files.writeString(agent, "#!/bin/sh\nexec \"$@\"\n");
        Files.setPosixFilePermissions(agent, PosixFilePermissions.fromString("rwxr-xr-x"));
        List<String> owners = List.of(
                agent.toString(),
                "stat",
                "-c",
                "%u",
                "/.cordon/etc/gemini-cli/settings.json",
                "/etc/gemini-cli/policies",
                "/etc/github-copilot/managed-settings.json",
                "/etc");

        Launch seen = ManagedMachine.run(
                workstation,
                workstation.developer().repository("confined-owners"),
                Map.of(),
                confined(owners, Workstation.newSession()));

        assertEquals("0\n0\n0\n65534\n", seen.output());
        EscapesTest.assertRefused(workstation, "--launcher", ManagedMachine.cordon() + " run -- " + agent);
    }

    private static List<String> confined(List<String> command, String session) {
        return Stream.of(List.of(ManagedMachine.cordon().toString(), "run", "--session", session, "--"), command)
                .flatMap(List::stream)
                .toList();
    }

    private void seenByTheAnalyst(CodingCli cli, String session) throws QuickstartException, InterruptedException {
        workstation.runs(session, 1);
        List<JsonNode> told = new ArrayList<>();
        Waiting.until(Workstation.SOON, "nothing that " + cli.word() + " told came from inside", () -> {
            told.clear();
            seen(session).path("events").forEach(told::add);
            return told.stream().anyMatch(event -> !cli.tellsPrompts() || isPrompt(event));
        });
        JsonNode seen = seen(session);
        assertEquals(cli.word(), seen.path("agent").asText(), seen.toString());
        assertEquals(1, seen.path("runs").size(), seen.toString());
        JsonNode run = seen.path("runs").get(0);
        assertTrue(run.path("attested").asBoolean(), run.toString());
        assertEquals(0, run.path("exitCode").asInt(-1), run.toString());
        assertEquals("e2e-confined", run.path("policyName").asText(), run.toString());
        assertTrue(run.path("command").asText().contains(cli.command("").get(0)), run.toString());
        for (JsonNode event : told) {
            assertFalse(event.path("attested").asBoolean(true), event.toString());
            assertEquals("run", event.path("join").asText(), event.toString());
        }
    }

    private static boolean isPrompt(JsonNode event) {
        return event.path("text").asText().contains(PoisonedProject.PROMPT);
    }

    private JsonNode seen(String session) throws QuickstartException, InterruptedException {
        return workstation.admin().get("/admin/v1/sessions/" + session);
    }

    /** What an agent inside needs beside its project: its own state, its variables, its model, and the telemetry gateway. */
    private static String policy(int model) {
        return """
            apiVersion: cordon.io/v1
            kind: SandboxPolicy
            metadata:
              name: e2e-confined
              title: Coding agents that run wholly inside
              description: The project and the agents' own state are writable; of this machine, the model and the telemetry gateway are reachable.
              contact: security@example.com
            spec:
              mode: enforce
              filesystem:
                read: {deny: ["~/.aws", "~/.ssh"]}
                write:
                  roots:
                    - "${workspace}"
                    - "${tmp}"
                    - "~/codex-home"
                    - "~/.claude"
                    - "~/.gemini"
                    - "~/.copilot"
                    - "~/.cache/copilot"
                  protect: [".git/hooks", ".git/config", ".codex", ".agents", ".claude", ".gemini"]
              network:
                mode: proxy
                allow: [{host: registry.npmjs.org, ports: [443]}]
                loopback: {ports: [4318, %d]}
              process:
                limits: {processes: 256, memoryMiB: 4096, wallClockSeconds: 1800, openFiles: 4096}
                environment:
                  pass: [PATH, HOME, LANG, TERM, CODEX_HOME, MODEL_KEY, "ANTHROPIC_*", "CLAUDE_*", DISABLE_AUTOUPDATER, "GEMINI_*", GOOGLE_GEMINI_BASE_URL, "COPILOT_*", "OTEL_*"]
              commands: {default: allow, unknown: allow}
              agents: {codex: {}, claudeCode: {}, gemini: {}, copilot: {}}
              telemetry: {arguments: full, retainDays: 30, agentEvents: security}
            """.formatted(model);
    }
}
