package io.cordon.deploy.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordon.deploy.quickstart.Launch;
import io.cordon.deploy.quickstart.Publication;
import io.cordon.deploy.quickstart.Waiting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** From what a user installs to what the server lists, and to what policy does not let run. */
@ExtendWith(Workstation.Shared.class)
class CodingAgentsTest {
    private static final String MODULE = ".npm-global/lib/node_modules/@openai/codex";
    private static final String GEMINI = ".npm-global/lib/node_modules/@google/gemini-cli";

    private final Workstation workstation;

    CodingAgentsTest(Workstation workstation) {
        this.workstation = workstation;
    }

    @Test
    void whatIsInstalledIsListedAndWhatIsTooOldOrNotListedDoesNotRun() throws Exception {
        Developer developer = workstation.developer();
        Path program = developer.write(MODULE + "/bin/codex.js", "#!/bin/sh\necho it ran\n");
        developer.write(
                MODULE + "/package.json",
                "{\"name\":\"@openai/codex\",\"version\":\"0.1.9\",\"bin\":{\"codex\":\"bin/codex.js\"}}");
        developer.write(
                ".codex/config.toml",
                "[mcp_servers.docs]\ncommand = \"docs\"\nargs = [\"--token\", \"hunter2-hunter2\"]\n");
        Shell.run("chmod", "755", program.toString());
        Path link = developer.home().resolve("bin/my-codex");
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, program);
        Path trap = developer.write(".copilot/other.json", "{}").resolveSibling("mcp-config.json");
        Files.deleteIfExists(trap);
        Files.createSymbolicLink(trap, Path.of("/etc/shadow"));

        String balanced = Publication.baseline(workstation.admin(), "balanced");
        workstation.govern(
                "e2e-inventory",
                balanced.replaceFirst("name: balanced", "name: e2e-inventory")
                        .replaceFirst("\n  agents:\n", "\n  agents:\n    unlisted: deny\n")
                        .replaceFirst("\n    codex: \\{.*", "\n    codex: {minVersion: \"0.2\"}"));

        List<String> found = new ArrayList<>();
        Waiting.until(Workstation.SOON, "the server does not list the agents of the developer", () -> {
            found.clear();
            for (JsonNode row : workstation
                    .admin()
                    .get("/admin/v1/coding-agents?refusal=any&user=" + developer.name())
                    .path("items")) {
                found.add(row.path("agent").asText() + " " + row.path("version").asText() + " "
                        + row.path("refusal").asText());
            }
            return found.contains("codex 0.1.9 too-old") && found.contains("crush  unlisted");
        });
        JsonNode inventory = workstation
                .admin()
                .get("/admin/v1/endpoints/" + workstation.agent().endpointId() + "/inventory")
                .path("inventory");
        String text = inventory.toString();
        assertTrue(text.contains("\"name\":\"docs\""), text);
        assertFalse(text.contains("hunter2"), text);
        assertTrue(text.contains("mcp-config.json: a link, which is not followed"), text);
        assertFalse(text.contains("root:"), text);

        String session = Workstation.newSession();
        Path project = developer.repository("agents");
        Launch refused = workstation.cordonRun(project, session, List.of(link.toString()));
        assertEquals(126, refused.exitCode(), refused.toString());
        Launch inShell = workstation.cordonRun(project, session, List.of("sh", "-c", "cd . && " + link));
        assertEquals(126, inShell.exitCode(), inShell.toString());
        for (JsonNode run : workstation.runs(session, 2)) {
            assertEquals("agents:codex", run.path("rule").asText(), run.toString());
        }
    }

    @Test
    void aTighteningOfTheGroupManagesAnAgentThatThePolicyDoesNotNameAndRefusesItsOldVersion() throws Exception {
        Developer developer = workstation.developer();
        Path program = developer.write(GEMINI + "/dist/index.js", "#!/bin/sh\necho it ran\n");
        developer.write(GEMINI + "/package.json", "{\"name\":\"@google/gemini-cli\",\"version\":\"0.1.9\"}");
        Shell.run("chmod", "755", program.toString());
        String balanced = Publication.baseline(workstation.admin(), "balanced");
        workstation.govern(
                "e2e-unnamed",
                balanced.replaceFirst("name: balanced", "name: e2e-unnamed").replaceFirst("\n    gemini: \\{\\}", ""));
        Path settings = workstation.managed().resolve("etc/gemini-cli/settings.json");
        Waiting.until(Workstation.SOON, "Gemini CLI is still managed", () -> !Files.exists(settings));
        Path project = developer.repository("tightened");
        String session = Workstation.newSession();
        Launch before = workstation.cordonRun(project, session, List.of(program.toString()));
        assertEquals(0, before.exitCode(), before.toString());

        try {
            tighten("group: [workstations]");
            Waiting.until(Workstation.SOON, "Gemini CLI is not managed", () -> Files.exists(settings));
            Launch refused = workstation.cordonRun(project, session, List.of(program.toString()));
            assertEquals(126, refused.exitCode(), refused.toString());
            assertEquals(
                    "agents:gemini",
                    workstation.runs(session, 2).stream()
                            .map(run -> run.path("rule").asText())
                            .filter(rule -> rule.startsWith("agents:"))
                            .findFirst()
                            .orElse(""));
            JsonNode effective = workstation
                    .admin()
                    .get("/admin/v1/endpoints/" + workstation.agent().endpointId() + "/effective-policy");
            assertTrue(
                    effective.path("notices").toString().contains("policy e2e-unnamed does not name gemini"),
                    effective.path("notices").toString());
        } finally {
            tighten("id: [none]");
        }
        Waiting.until(Workstation.SOON, "Gemini CLI is still managed", () -> !Files.exists(settings));
    }

    private void tighten(String appliesTo) throws Exception {
        Publication.publish(workstation.admin(), "e2e-newer-gemini", """
                apiVersion: cordon.io/v1
                kind: Tightening
                metadata: {name: e2e-newer-gemini}
                spec: {appliesTo: {%s}, agents: {gemini: {minVersion: "0.2"}}}
                """.formatted(appliesTo), "End-to-end test");
    }
}
