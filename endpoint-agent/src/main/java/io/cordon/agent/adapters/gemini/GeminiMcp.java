package io.cordon.agent.adapters.gemini;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordon.agent.adapters.SettingsText;
import io.cordon.policy.model.Agents.McpServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which MCP servers may be used. Those known by their command or address are defined in the system settings, where a definition
 * replaces the user's of that name as a whole.
 *
 * @param servers that may be used; empty when the policy says nothing of them
 * @param unsaid names of servers that cannot be pinned and so may not be used
 */
record GeminiMcp(Optional<List<McpServer>> servers, List<String> unsaid) {

    /** Stands for an empty list, which Gemini CLI takes for no list; no server of a policy can have this name. */
    private static final String NONE = "(none)";

    /** What Gemini CLI replaces by a variable of the user's environment. */
    private static final Pattern VARIABLE = Pattern.compile("\\$(?:\\w|\\{)");

    static GeminiMcp of(Optional<List<McpServer>> allowed) {
        List<String> unsaid = allowed.stream()
                .flatMap(List::stream)
                .filter(GeminiMcp::hasVariable)
                .map(McpServer::name)
                .toList();
        return new GeminiMcp(
                allowed.map(list ->
                        list.stream().filter(server -> !hasVariable(server)).toList()),
                unsaid);
    }

    private static boolean hasVariable(McpServer server) {
        return Stream.concat(server.command().stream(), server.url().stream())
                .anyMatch(text -> VARIABLE.matcher(text).find());
    }

    void write(ObjectNode settings) {
        if (servers.isEmpty()) {
            return;
        }
        List<McpServer> allowed = servers.get();
        ArrayNode names = settings.putObject("mcp").putArray("allowed");
        if (allowed.isEmpty()) {
            names.add(NONE);
        }
        ObjectNode definitions = settings.putObject("mcpServers");
        for (McpServer server : allowed) {
            names.add(server.name());
            server.url().ifPresent(url -> definitions.putObject(server.name()).put("url", url));
            if (!server.command().isEmpty()) {
                ObjectNode definition = definitions.putObject(server.name());
                definition.put("command", server.command().get(0));
                ArrayNode arguments = definition.putArray("args");
                server.command().stream().skip(1).forEach(arguments::add);
            }
        }
        if (definitions.isEmpty()) {
            settings.remove("mcpServers");
        }
    }

    List<String> limits() {
        List<String> limits = new ArrayList<>();
        if (servers.isPresent()) {
            limits.add(
                    "Gemini CLI cannot enforce which MCP servers start: --allowed-mcp-server-names and the user's own mcp.allowed go"
                            + " round the list of its system settings; the tools of servers that are not listed are refused by its policy"
                            + " engine, and Cordon's sandbox holds what was started within it.");
        }
        if (!unsaid.isEmpty()) {
            limits.add(
                    "Gemini CLI cannot enforce the command or url of these MCP servers, so that they may not be used: "
                            + SettingsText.some(unsaid) + ": it replaces $NAME in settings by a variable of the user.");
        }
        return limits;
    }
}
