package io.cordon.agent.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Hooks the whole way: the real launcher, spawner and sandbox, and a shell in the place of the coding agent. */
class LinuxHookTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static EnforcementRig rig;

    @BeforeAll
    static void start() throws IOException {
        rig = new EnforcementRig();
    }

    @AfterAll
    static void stop() throws IOException {
        rig.close();
    }

    private static EnforcementRig.Result hook(String event, String toolCall, String line) throws IOException {
        ObjectNode input = JSON.createObjectNode()
                .put("session_id", "s-1")
                .put("tool_use_id", toolCall)
                .put("cwd", rig.project.toString())
                .put("tool_name", "Bash");
        input.putObject("tool_input").put("command", line).put("description", "to see");
        return EnforcementRig.finish(rig.cordon(Map.of(), "hook", "claude-code", event), input.toString());
    }

    private static JsonNode answer(String toolCall, String line) throws IOException {
        EnforcementRig.Result result = hook("PreToolUse", toolCall, line);
        assertEquals(0, result.exit(), result.err());
        return JSON.readTree(result.out()).path("hookSpecificOutput");
    }

    /** What the agent's shell would do with the answer. */
    private static EnforcementRig.Result shell(JsonNode answer) throws IOException {
        String line = answer.path("updatedInput").path("command").asText();
        ProcessBuilder builder = rig.cordon(Map.of());
        builder.command().remove(builder.command().size() - 1);
        builder.command().addAll(List.of("/bin/sh", "-c", line));
        return EnforcementRig.finish(builder, "");
    }

    @Test
    void theCommandOfAnAgentRunsConfinedAndItsRecordNamesTheCall() throws IOException {
        JsonNode answer = answer("toolu_1", "echo \"it's\" $HOME; echo x > in-workspace; echo x > ~/outside");
        assertEquals("allow", answer.path("permissionDecision").asText());
        EnforcementRig.Result result = shell(answer);
        assertTrue(result.out().startsWith("it's " + rig.home), result.toString());
        assertTrue(Files.exists(rig.project.resolve("in-workspace")));
        assertFalse(Files.exists(rig.home.resolve("outside")));
        Map<String, Object> record = rig.lastRecord();
        assertEquals("s-1", record.get("cordon.session.id"));
        assertEquals("toolu_1", record.get("gen_ai.tool.call.id"));
        assertEquals("to see", record.get("cordon.stated_reason"));
        assertEquals(0, hook("PostToolUse", "toolu_1", "x").exit());
    }

    @Test
    void whatPromptsRunsOnceTheHookAskedAndNotBefore() throws IOException {
        String[] run = {
            "run", "--asked", "--session", "s-1", "--tool-call", "toolu_2", "--", "/bin/bash", "-c", "deploy now"
        };
        assertEquals(126, EnforcementRig.finish(rig.cordon(Map.of(), run), "").exit());
        JsonNode answer = answer("toolu_2", "deploy now");
        assertEquals("ask", answer.path("permissionDecision").asText());
        assertEquals(127, shell(answer).exit(), "it ran, and there is no such program");
        assertEquals("allow", rig.lastRecord().get("cordon.decision"));
        assertEquals("deploy-asks", rig.lastRecord().get("cordon.rule"));
        assertEquals(126, shell(answer).exit(), "once");
    }

    @Test
    void noApprovalLiftsADenial() throws IOException {
        JsonNode answer = answer("toolu_3", "git push --force");
        assertEquals("deny", answer.path("permissionDecision").asText());
        String[] run = {"run", "--session", "s-1", "--tool-call", "toolu_3", "--", "/bin/bash", "-c", "git push --force"
        };
        assertEquals(126, EnforcementRig.finish(rig.cordon(Map.of(), run), "").exit());
    }

    @Test
    void insideACommandStaysInTheBoundaryAroundIt() throws IOException {
        // Where it can be seen from inside.
        Path cordon = rig.project.resolve("src/cordon");
        Files.copy(rig.launcher, cordon);
        String input = "{\"tool_name\":\"Bash\",\"tool_input\":{\"command\":\"deploy now\",\"description\":\"d\"}}";
        EnforcementRig.Result inside =
                rig.run("printf '%s' '" + input + "' | " + cordon + " hook claude-code PreToolUse");
        JsonNode answer = JSON.readTree(inside.out()).path("hookSpecificOutput");
        assertEquals("allow", answer.path("permissionDecision").asText(), inside.toString());
        assertEquals("d", answer.path("updatedInput").path("description").asText());
        assertEquals(
                cordon + " run -- /bin/bash -c 'deploy now'",
                answer.path("updatedInput").path("command").asText());
        EnforcementRig.Result nested = rig.run(
                cordon + " run --asked --session x -- sh -c '"
                        + "echo $CORDON_RUN_ID; echo x > from-inside; echo x > .git/hooks/x; echo x > ~/outside2; cat ~/.ssh/id; exit 5'; echo $?; echo $CORDON_RUN_ID");
        String[] lines = nested.out().split("\n");
        assertEquals("5", lines[1], nested.toString());
        assertEquals(lines[2], lines[0], "it is part of the run around it");
        assertTrue(Files.exists(rig.project.resolve("from-inside")));
        assertFalse(Files.exists(rig.project.resolve(".git/hooks/x")));
        assertFalse(Files.exists(rig.home.resolve("outside2")));
        assertFalse(nested.toString().contains("secret"), nested.toString());
        assertTrue(rig.run(cordon + " status").out().contains("runs inside a boundary"));
    }

    /** A package as npm installs it, which calls the hook as the real one does. */
    private static EnforcementRig.Result codex(String version) throws IOException {
        rig.as("mkdir -p lib/node_modules/@openai/codex/bin && cd lib/node_modules/@openai/codex"
                + " && printf '%s' '{\"name\":\"@openai/codex\",\"version\":\"" + version + "\"}' > package.json"
                + " && printf '%s' 'require(\"child_process\").spawn(process.argv[2],[\"hook\",\"codex\",\"PreToolUse\"],{stdio:\"inherit\"}).on(\"exit\",c=>process.exit(c))'"
                + " > bin/codex.js");
        ProcessBuilder builder = rig.cordon(Map.of());
        builder.command()
                .addAll(
                        builder.command().size() - 1,
                        List.of(
                                "node",
                                rig.home
                                        .resolve("lib/node_modules/@openai/codex/bin/codex.js")
                                        .toString()));
        return EnforcementRig.finish(
                builder,
                "{\"session_id\":\"s\",\"tool_use_id\":\"t\",\"cwd\":\"/\",\"tool_name\":\"Bash\",\"tool_input\":{\"command\":\"true\"}}");
    }

    @Test
    void anAgentStartedOutsideHasToBeNewEnough() throws IOException {
        rig.policies.replace(Policies.resolve(Policies.USUAL + "agents: {codex: {minVersion: \"0.170\"}}\n"));
        try {
            EnforcementRig.Result old = codex("0.169.0");
            assertTrue(old.out().contains("\"permissionDecision\":\"deny\""), old.toString());
            assertTrue(old.out().contains("Codex 0.169.0 is too old; 0.170 or newer may be used"), old.toString());
            EnforcementRig.Result unknown = codex("latest");
            assertTrue(unknown.out().contains("the version of this Codex cannot be told"), unknown.toString());
            EnforcementRig.Result enough = codex("0.170.0");
            assertTrue(enough.out().contains("\"permissionDecision\":\"allow\""), enough.toString());
        } finally {
            rig.policies.replace(Policies.resolve(Policies.USUAL));
        }
    }

    @Test
    void aConfinedProcessCanNeitherCallTheHookNorBeAsked() throws IOException {
        Files.copy(rig.launcher, rig.project.resolve("own-cordon"));
        int before = rig.hooks.decided.size();
        String input =
                "{\"session_id\":\"forged\",\"tool_use_id\":\"t\",\"tool_name\":\"Bash\",\"tool_input\":{\"command\":\"deploy now\"}}";
        EnforcementRig.Result inside = rig.run("chmod +x own-cordon; printf '%s' '" + input + "' | CORDON_SOCKET="
                + rig.layout.socket() + " ./own-cordon hook claude-code PreToolUse");
        // It knows its boundary, though the socket is not in /run/cordon, and leaves the call to the vendor's own flow.
        assertEquals(0, inside.exit(), inside.toString());
        assertEquals("", inside.out());
        assertEquals(before, rig.hooks.decided.size());
        String[] run = {
            "run", "--asked", "--session", "forged", "--tool-call", "t", "--", "/bin/bash", "-c", "deploy now"
        };
        assertEquals(126, EnforcementRig.finish(rig.cordon(Map.of(), run), "").exit());
    }
}
