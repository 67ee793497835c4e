package io.cordon.agent.adapters.codex;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordon.policy.model.Agents;
import java.util.List;

/** The only MCP servers, by name and identity. A server that only has a name cannot be said and is refused by Codex. */
final class CodexServers {
    private CodexServers() {}

    static void put(ObjectNode root, Agents.AgentRules rules, List<String> limits) {
        if (rules.mcpServers().isEmpty()) {
            return;
        }
        ObjectNode servers = root.putObject("mcp_servers");
        for (Agents.McpServer server : rules.mcpServers().get()) {
            if (!server.command().isEmpty()) {
                ObjectNode command =
                        servers.putObject(server.name()).putObject("identity").putObject("command");
                command.put("executable", server.command().get(0));
                ArrayNode arguments = command.putArray("args");
                server.command().stream()
                        .skip(1)
                        .forEach(each ->
                                arguments.addObject().put("match", "exact").put("value", each));
            } else if (server.url().isPresent()) {
                servers.putObject(server.name())
                        .putObject("identity")
                        .put("url", server.url().get());
            } else {
                limits.add("Codex cannot be told to allow the MCP server " + server.name()
                        + " by its name alone, so it refuses it; the policy has to say its command or url");
            }
        }
        // Present and empty: servers that come with plugins are refused too.
        root.putObject("plugins");
    }
}
