package io.cordon.agent.adapters.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.telemetry.Redactor;
import io.cordon.policy.model.Agents;
import io.cordon.policy.model.Decision;
import io.cordon.policy.model.Telemetry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found in one home. */
class HomeScanTest {
    private static final Redactor REDACTOR = new Redactor(Telemetry.DEFAULT, new byte[32]);

    @TempDir
    Path dir;

    private TestHome home;
    private Agents rules = Agents.NONE;

    @BeforeEach
    void make() throws IOException {
        home = new TestHome(dir.resolve("home"));
    }

    private Inventory scan() throws IOException {
        Findings findings = new Findings();
        FileTree tree = home.tree();
        new InstallationScan(tree, Places.home(false), tree.owner(), new Fingerprints(), findings).run();
        UseScan.run(tree, findings);
        new McpScan(tree, new ServerSettings(REDACTOR, rules), findings).run();
        return findings.inventory();
    }

    private static String line(Inventory.Installation found) {
        return found.agent().word() + " " + found.version() + " "
                + found.source().word();
    }

    private List<String> installations() throws IOException {
        return scan().installations().stream().map(HomeScanTest::line).toList();
    }

    private Inventory.ConfiguredServer onlyServer() throws IOException {
        Inventory found = scan();
        assertEquals(1, found.servers().size(), found.toString());
        return found.servers().get(0);
    }

    @Test
    void findsPackagesOfEveryNodeManager() throws IOException {
        home.npm(".npm-global/lib/node_modules", "@openai/codex", "0.169.0", "bin/codex.js");
        home.npm(".nvm/versions/node/v22.1.0/lib/node_modules", "@google/gemini-cli", "0.61.0", "bundle/gemini.js");
        home.npm(
                ".volta/tools/image/packages/@github/copilot/lib/node_modules",
                "@github/copilot",
                "1.0.102",
                "npm-loader.js");
        home.npm(".bun/install/global/node_modules", "opencode-ai", "1.2.3", "bin/opencode");
        assertEquals(
                List.of("codex 0.169.0 npm", "copilot 1.0.102 npm", "gemini 0.61.0 npm", "opencode 1.2.3 npm"),
                installations());
        Inventory.Installation codex = scan().installations().get(0);
        assertEquals(home.path + "/.npm-global/lib/node_modules/@openai/codex/bin/codex.js", codex.path());
        assertEquals("nobody", codex.owner());
        assertTrue(codex.sha256().matches("[0-9a-f]{64}"), codex.sha256());
    }

    @Test
    void followsTheLinksOfPnpmWithinTheHomeOnly() throws IOException {
        home.npm(".local/share/pnpm/store/codex/node_modules", "@openai/codex", "0.169.0", "bin/codex.js");
        home.link(
                ".local/share/pnpm/global/5/node_modules/@openai/codex",
                "../../../../store/codex/node_modules/@openai/codex");
        TestHome other = new TestHome(dir.resolve("other"));
        other.npm("node_modules", "@google/gemini-cli", "0.61.0", "gemini.js");
        home.link(
                ".bun/install/global/node_modules/@google/gemini-cli",
                other.path.resolve("node_modules/@google/gemini-cli").toString());
        assertEquals(List.of("codex 0.169.0 npm"), installations());
    }

    @Test
    void findsNativeInstallersAndTheirNewestRelease() throws IOException {
        home.file(".local/share/claude/versions/2.1.9", "old");
        home.file(".local/share/claude/versions/2.1.10", "new");
        home.file(".local/share/claude/versions/readme", "");
        home.link(".local/bin/claude", home.path + "/.local/share/claude/versions/2.1.10");
        home.folder(".codex/packages/standalone/releases/0.169.0-x86_64-unknown-linux-musl/bin");
        assertEquals(List.of("claude-code 2.1.10 native", "codex 0.169.0 native"), installations());
    }

    @Test
    void findsExtensionsPythonToolsAndPrograms() throws IOException {
        home.folder(".vscode/extensions/openai.chatgpt-0.5.1-linux-x64");
        home.folder(".vscode-server/extensions/saoudrizwan.claude-dev-3.2.1");
        home.folder(".vscode/extensions/ms-python.python-2026.1.0");
        home.folder(".local/share/uv/tools/aider-chat/lib/python3.12/site-packages/aider_chat-0.86.1.dist-info");
        home.file(".local/bin/goose", "ELF");
        home.file("bin/copilot", "ELF");
        assertEquals(
                List.of(
                        "aider 0.86.1 python",
                        "cline 3.2.1 extension",
                        "codex 0.5.1 extension",
                        "copilot  file",
                        "goose  file"),
                installations());
    }

    @Test
    void takesNoPackageOfAnotherNameOrWithoutAVersion() throws IOException {
        home.file(
                ".bun/install/global/node_modules/@openai/codex/package.json",
                "{\"name\":\"other\",\"version\":\"1\"}");
        home.file(".npm-global/lib/node_modules/@openai/codex/package.json", "{\"name\":\"@openai/codex\"}");
        home.file("node_modules/@openai/codex/package.json", "{");
        Inventory found = scan();
        assertEquals(List.of(), found.installations());
        assertEquals(2, found.problems().size(), found.problems().toString());
    }

    @Test
    void tellsWhoUsesAnAgentAndWhenLast() throws IOException {
        Path session = home.file(".codex/sessions/2026", "x");
        for (Path each : List.of(session, home.path.resolve(".codex/sessions"), home.path.resolve(".codex"))) {
            Files.setLastModifiedTime(each, FileTime.from(Instant.parse("2026-11-20T10:20:30Z")));
        }
        Inventory.Use use = scan().uses().get(0);
        assertEquals("codex", use.agent().word());
        assertEquals("nobody", use.user());
        assertEquals(Instant.parse("2026-11-20T10:00:00Z"), use.lastUsed());
    }

    @Test
    void findsTheServersOfCodex() throws IOException {
        home.file(".codex/config.toml", """
                model = "gpt-5"
                [mcp_servers.docs]
                command = "npx"
                args = ["-y", "docs-server", "--api-key", "abc123", "-e", "DB_URL=postgres://u:p@h/d"]
                env = { API_TOKEN = "s3cr3t" }
                """);
        Inventory.ConfiguredServer server = onlyServer();
        assertEquals("docs", server.name());
        assertEquals("npx", server.command().get(0));
        assertEquals("docs-server", server.command().get(2));
        assertEquals(List.of("API_TOKEN"), server.environment());
        assertEquals("DB_URL=[redacted]", server.command().get(6));
        assertFalse(server.toString().contains("abc123"), server.toString());
        assertFalse(server.toString().contains("s3cr3t"), server.toString());
        assertEquals(home.path + "/.codex/config.toml", server.file());
        assertEquals("user", server.scope());
    }

    @Test
    void findsTheServersOfClaudeInEveryScope() throws IOException {
        home.file("work/.mcp.json", "{\"mcpServers\":{\"shared\":{\"command\":\"shared-server\"}}}");
        home.file(".claude.json", """
                {"mcpServers": {"mine": {"type": "http", "url": "https://u:pw@mcp.example.com/a?key=hidden"}},
                 "projects": {"%1$s/work": {"mcpServers": {"local": {"command": "x"}}},
                              "/etc": {"mcpServers": {}}, "%1$s/../other": {}}}
                """.formatted(home.path));
        List<Inventory.ConfiguredServer> servers = scan().servers();
        assertEquals(
                List.of("local local", "user mine", "project shared"),
                servers.stream().map(each -> each.scope() + " " + each.name()).toList());
        assertEquals("https://mcp.example.com/a", servers.get(1).url());
    }

    @Test
    void findsTheServersOfGeminiAndCopilot() throws IOException {
        home.file(
                ".gemini/settings.json",
                "{ // mine\n \"mcpServers\": {\"g\": {\"httpUrl\": \"https://g.example.com\"}}}");
        home.file(
                ".gemini/extensions/ext/gemini-extension.json",
                "{\"mcpServers\": {\"e\": {\"command\": \"e\", \"args\": [\"x\"]}}}");
        home.file(
                ".copilot/mcp-config.json",
                "{\"mcpServers\": {\"c\": {\"type\": \"local\", \"command\": \"c\", \"args\": [], \"tools\": [\"*\"]}}}");
        assertEquals(
                List.of("copilot c", "gemini e", "gemini g"),
                scan().servers().stream()
                        .map(each -> each.agent().word() + " " + each.name())
                        .toList());
    }

    @Test
    void saysWhichServersPolicyLists() throws IOException {
        rules = new Agents(
                Decision.ALLOW,
                0,
                Map.of(
                        "codex",
                        new Agents.AgentRules(
                                Decision.ALLOW,
                                Optional.empty(),
                                Agents.Approvals.CONTAINED,
                                Decision.DENY,
                                Optional.of(List.of(
                                        new Agents.McpServer("a", List.of("run", "a"), Optional.empty()),
                                        new Agents.McpServer("b", List.of(), Optional.empty()))),
                                false)));
        home.file(".codex/config.toml", """
                [mcp_servers.a]
                command = "run"
                args = ["a"]
                [mcp_servers.b]
                command = "anything"
                [mcp_servers.c]
                command = "run"
                """);
        assertEquals(
                List.of("a true", "b true", "c false"),
                scan().servers().stream()
                        .map(each -> each.name() + " " + each.allowed())
                        .toList());
    }

    @Test
    void whatIsMalformedIsOneProblemAndShowsNothingOfItself() throws IOException {
        home.file(".claude.json", "{\"mcpServers\": ghp_abcdefghijklmnopqrstuvwxyz0123456789");
        home.file(".codex/config.toml", "x = [" + "[".repeat(100_000));
        home.file(".gemini/settings.json", "[".repeat(100_000));
        home.file(".copilot/mcp-config.json", "{\"mcpServers\": [1, 2]}");
        Inventory found = scan();
        assertEquals(List.of(), found.servers());
        assertEquals(3, found.problems().size(), found.problems().toString());
        assertFalse(
                found.problems().toString().contains("ghp_"), found.problems().toString());
    }

    @Test
    void isBoundedWhateverTheHomeHolds() throws IOException {
        StringBuilder many = new StringBuilder("{\"mcpServers\": {");
        for (int i = 0; i < 300; i++) {
            many.append(i == 0 ? "" : ",").append("\"s").append(i).append("\":{\"command\":\"c\",\"args\":[");
            many.append("\"").append("y".repeat(2000)).append("\"]}");
        }
        home.file(".claude.json", many.append("}}").toString());
        for (int i = 0; i < 10; i++) {
            home.folder(".vscode/extensions/openai.chatgpt-0.5." + i);
        }
        Inventory found = scan();
        assertEquals(100, found.servers().size());
        assertTrue(found.servers().get(0).command().get(1).length() <= 513);
        assertTrue(found.problems().get(0).contains("more than 100 MCP servers"));
        assertEquals(10, found.installations().size());
    }
}
