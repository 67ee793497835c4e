package io.cordon.agent.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.cordon.agent.adapters.CodingAgent;
import io.cordon.agent.adapters.SettingsReport;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManagedAgentsTest {
    private static final String PROBLEM = "/etc/claude-code: others may write to it, mode 777 (expected: 755)";
    private static final ManagedAgents AGENTS = new ManagedAgents(List.of(
            report(CodingAgent.GEMINI, "", "one", "two"),
            report(CodingAgent.CODEX, ""),
            report(CodingAgent.CLAUDE_CODE, PROBLEM, "one")));

    private static SettingsReport report(CodingAgent agent, String problem, String... limits) {
        return new SettingsReport(
                agent,
                List.of(new SettingsReport.FileState("/a", "", ""), new SettingsReport.FileState("/b", "", problem)),
                List.of(limits),
                List.of());
    }

    @Test
    void everyAgentHasItsLine() {
        assertEquals(
                List.of(
                        "Codex: managed",
                        "Claude Code: managed; 1 limit; problem: " + PROBLEM,
                        "Gemini CLI: managed; 2 limits",
                        "Copilot CLI: not managed"),
                AGENTS.lines());
    }

    @Test
    void programsReadTheSame() {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        AGENTS.json(array);
        assertEquals(
                "[{\"agent\":\"codex\",\"managed\":true,\"limits\":[],\"problem\":null},"
                        + "{\"agent\":\"claude-code\",\"managed\":true,\"limits\":[\"one\"],\"problem\":\"" + PROBLEM
                        + "\"},"
                        + "{\"agent\":\"gemini\",\"managed\":true,\"limits\":[\"one\",\"two\"],\"problem\":null},"
                        + "{\"agent\":\"copilot\",\"managed\":false,\"limits\":[],\"problem\":null}]",
                array.toString());
    }
}
