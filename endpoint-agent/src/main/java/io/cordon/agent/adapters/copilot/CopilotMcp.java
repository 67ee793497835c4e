package io.cordon.agent.adapters.copilot;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordon.agent.adapters.SettingsText;
import io.cordon.policy.model.Agents.McpServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The list of MCP servers that may be used. Copilot CLI compares a name, a command or an address, one of them; names count only
 * for the kind of server (local or remote) of which no command or address is listed.
 *
 * @param servers that may be used; empty when the policy says nothing of them
 */
record CopilotMcp(Optional<List<McpServer>> servers) {

    static CopilotMcp of(Optional<List<McpServer>> allowed) {
        return new CopilotMcp(allowed);
    }

    void write(ObjectNode settings) {
        servers.ifPresent(allowed -> {
            ArrayNode list = settings.putArray("allowedMcpServers");
            allowed.stream().filter(CopilotMcp::isSaid).forEach(server -> {
                ObjectNode entry = list.addObject();
                if (!server.command().isEmpty()) {
                    ArrayNode command = entry.putArray("serverCommand");
                    server.command().forEach(command::add);
                } else if (server.url().isPresent()) {
                    entry.put("serverUrl", server.url().get());
                } else {
                    entry.put("serverName", server.name());
                }
            });
        });
    }

    /** Not what Copilot CLI would take for a variable of the user or for a wildcard. */
    private static boolean isSaid(McpServer server) {
        return server.command().stream().noneMatch(word -> word.contains("$"))
                && server.url().stream().noneMatch(url -> url.contains("$") || url.contains("*"));
    }

    private static boolean isPinned(McpServer server) {
        return !server.command().isEmpty() || server.url().isPresent();
    }

    /** The names of the servers that may be used and can be said. */
    List<String> allowed() {
        return names(CopilotMcp::isSaid);
    }

    List<String> limits() {
        List<String> limits = new ArrayList<>();
        if (servers.isEmpty()) {
            return limits;
        }
        limits.add(
                "Copilot CLI cannot enforce the list of MCP servers for its own (github-mcp-server and others of GitHub), which are"
                        + " exempt; nothing keeps them out but the network.");
        List<String> unsaid = names(server -> !isSaid(server));
        if (!unsaid.isEmpty()) {
            limits.add(
                    "Copilot CLI cannot enforce the command or url of these MCP servers, so that they may not be used: "
                            + SettingsText.some(unsaid) + ": it takes $ for a variable and * for a wildcard.");
        }
        List<String> pinned = names(server -> isSaid(server) && isPinned(server));
        List<String> named = names(server -> !isPinned(server));
        if (!pinned.isEmpty()) {
            limits.add("Copilot CLI cannot enforce the names of MCP servers that are known by their command or url: "
                    + SettingsText.some(pinned)
                    + ": it accepts them under any name, and a url without a path with any path.");
        }
        if (!pinned.isEmpty() && !named.isEmpty()) {
            limits.add(
                    "Copilot CLI cannot be told names beside commands and urls: of the kind that has one of those, these MCP servers are"
                            + " refused: " + SettingsText.some(named) + ".");
        }
        return limits;
    }

    private List<String> names(Predicate<McpServer> which) {
        return servers.stream()
                .flatMap(List::stream)
                .filter(which)
                .map(McpServer::name)
                .toList();
    }
}
