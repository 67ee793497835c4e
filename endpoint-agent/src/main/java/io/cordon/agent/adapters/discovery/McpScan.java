package io.cordon.agent.adapters.discovery;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the MCP servers that a user's coding agents are configured to start or to reach. Sources, as of late 2026: Codex {@code
 * config.toml} ({@code mcp_servers}), Claude Code {@code .claude.json} and {@code .mcp.json}, Gemini CLI {@code settings.json}
 * and {@code gemini-extension.json}, Copilot CLI {@code mcp-config.json}.
 */
final class McpScan {
    private static final int LONGEST = 8 << 20;
    private static final int MOST_PROJECTS = 50;
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS, JsonReadFeature.ALLOW_TRAILING_COMMA)
            .build();
    private static final ObjectMapper TOML = new TomlMapper();

    private final FileTree home;
    private final ServerSettings settings;
    private final Findings findings;

    McpScan(FileTree home, ServerSettings settings, Findings findings) {
        this.home = home;
        this.settings = settings;
        this.findings = findings;
    }

    void run() {
        for (KnownAgent agent : KnownAgents.ALL) {
            agent.coding().ifPresent(coding -> {
                switch (coding) {
                    case CODEX -> servers(agent, TOML, ".codex/config.toml", "mcp_servers", "user");
                    case CLAUDE_CODE -> claude(agent);
                    case GEMINI -> gemini(agent);
                    case COPILOT -> servers(agent, JSON, ".copilot/mcp-config.json", "mcpServers", "user");
                }
            });
        }
    }

    private void claude(KnownAgent agent) {
        Optional<JsonNode> json = parse(JSON, ".claude.json");
        if (json.isEmpty()) {
            return;
        }
        settings.read(json.get().get("mcpServers"), origin(agent, "user", ".claude.json"), findings);
        int left = MOST_PROJECTS;
        for (Map.Entry<String, JsonNode> project : json.get().path("projects").properties()) {
            if (left-- == 0) {
                findings.problem(home.root() + "/.claude.json: more than " + MOST_PROJECTS + " projects");
                return;
            }
            settings.read(project.getValue().get("mcpServers"), origin(agent, "local", ".claude.json"), findings);
            inHome(project.getKey())
                    .ifPresent(folder ->
                            servers(agent, JSON, Expansion.join(folder, ".mcp.json"), "mcpServers", "project"));
        }
    }

    /** A project elsewhere is not looked into: it is not this user's alone. */
    private Optional<String> inHome(String project) {
        String root = home.root().replace('\\', '/') + "/";
        String path = project.replace('\\', '/');
        boolean below = path.startsWith(root) && !("/" + path + "/").contains("/../");
        return below ? Optional.of(path.substring(root.length()).replaceAll("/+$", "")) : Optional.empty();
    }

    private void gemini(KnownAgent agent) {
        servers(agent, JSON, ".gemini/settings.json", "mcpServers", "user");
        Expansion.folders(home, ".gemini/extensions/*", findings)
                .forEach(folder -> servers(agent, JSON, folder + "/gemini-extension.json", "mcpServers", "extension"));
    }

    private void servers(KnownAgent agent, ObjectMapper format, String file, String key, String scope) {
        parse(format, file).ifPresent(json -> settings.read(json.get(key), origin(agent, scope, file), findings));
    }

    private ServerSettings.Origin origin(KnownAgent agent, String scope, String file) {
        return new ServerSettings.Origin(agent, home.owner(), scope, home.root() + "/" + file);
    }

    private Optional<JsonNode> parse(ObjectMapper format, String file) {
        try {
            Optional<byte[]> bytes = home.read(file, LONGEST);
            return bytes.isEmpty() ? Optional.empty() : Optional.of(format.readTree(bytes.get()));
        } catch (JacksonException e) {
            // what is wrong may quote a secret, so only where is told
            findings.problem(home.root() + "/" + file + ": cannot be understood" + where(e));
        } catch (IOException e) {
            findings.problem(home.root(), e);
        }
        return Optional.empty();
    }

    private static String where(JacksonException e) {
        return e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")";
    }
}
