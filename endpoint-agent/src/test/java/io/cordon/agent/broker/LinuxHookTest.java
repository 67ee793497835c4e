package io.cordon.agent.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
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
    void aConfinedProcessCanNeitherCallTheHookNorBeAsked() throws IOException {
        Files.copy(rig.launcher, rig.project.resolve("own-cordon"));
        int before = rig.hooks.decided.size();
        String input =
                "{\"session_id\":\"forged\",\"tool_use_id\":\"t\",\"tool_name\":\"Bash\",\"tool_input\":{\"command\":\"deploy now\"}}";
        EnforcementRig.Result inside = rig.run("chmod +x own-cordon; printf '%s' '" + input + "' | CORDON_SOCKET="
                + rig.layout.socket() + " ./own-cordon hook claude-code PreToolUse");
        assertEquals(2, inside.exit(), inside.toString());
        assertEquals("", inside.out());
        assertEquals(before, rig.hooks.decided.size());
        String[] run = {
            "run", "--asked", "--session", "forged", "--tool-call", "t", "--", "/bin/bash", "-c", "deploy now"
        };
        assertEquals(126, EnforcementRig.finish(rig.cordon(Map.of(), run), "").exit());
    }
}
