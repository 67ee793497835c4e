package io.cordon.agent.adapters.codex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import io.cordon.agent.adapters.AgentPolicies;
import io.cordon.agent.adapters.Golden;
import io.cordon.agent.adapters.SettingsRenderer;
import io.cordon.agent.adapters.Surroundings;
import io.cordon.policy.resolve.ResolvedPolicy;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodexSettingsTest {
    private static final CodexSettings CODEX = new CodexSettings();

    @ParameterizedTest
    @ValueSource(strings = {"balanced", "regulated", "strict-offline", "open-source-developer", "audit-only"})
    void saysWhatTheLibrarySays(String name) throws IOException {
        ResolvedPolicy policy = AgentPolicies.library(name);
        Golden.check(CODEX, "0.169", name, policy, AgentPolicies.LINUX, AgentPolicies.WINDOWS);
    }

    @Test
    void saysAllThatCanBeAsked() throws IOException {
        ResolvedPolicy policy = AgentPolicies.named("managed");
        Golden.check(CODEX, "0.169", "managed", policy, AgentPolicies.LINUX, AgentPolicies.WINDOWS);
    }

    @Test
    void onlyFullAccessAllowedAllowsIt() throws IOException {
        assertEquals(
                List.of("read-only", "workspace-write"),
                texts(toml("{codex: {}}").path("allowed_sandbox_modes")));
        assertEquals(
                List.of("read-only", "workspace-write", "danger-full-access"),
                texts(toml("{codex: {fullAccess: allow}}").path("allowed_sandbox_modes")));
    }

    @Test
    void anAgentThatMayNotBeUsedOnlyReads() throws IOException {
        assertEquals(
                List.of("read-only"),
                texts(toml("{codex: {use: deny, fullAccess: allow}}").path("allowed_sandbox_modes")));
        assertTrue(
                limits("{codex: {use: deny}}").stream().anyMatch(each -> each.contains("cannot be told not to run")));
    }

    @Test
    void askingAlwaysLetsNothingPastTheQuestion() throws IOException {
        SettingsRenderer.Rendered rendered = render("{codex: {approvals: always}}");
        assertEquals(1, rendered.files().size(), "no rule that allows a command");
        assertEquals(
                List.of("untrusted"), texts(toml("{codex: {approvals: always}}").path("allowed_approval_policies")));
    }

    @Test
    void anEmptyListOfServersAllowsNone() throws IOException {
        JsonNode servers = toml("{codex: {mcpServers: {allow: []}}}").path("mcp_servers");
        assertTrue(servers.isObject() && servers.isEmpty());
        assertTrue(toml("{codex: {}}").path("mcp_servers").isMissingNode());
    }

    @Test
    void aServerKnownByNameAloneIsReportedAndLeftOut() throws IOException {
        String agents = "{codex: {mcpServers: {allow: [docs]}}}";
        assertTrue(toml(agents).path("mcp_servers").isEmpty());
        assertTrue(limits(agents).stream().anyMatch(each -> each.contains("the MCP server docs by its name alone")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.b", "it's", "say \\\"x\\\"", "C:\\\\x", "grün", "tab\\tbed", "'''", "#x", "a = b"})
    void textComesThroughWhole(String text) throws IOException {
        String agents = "{codex: {mcpServers: {allow: [{name: s, command: [\"" + text + "\", \"" + text + "\"]}]}}}";
        String meant = AgentPolicies.agents(agents)
                .agents()
                .rules("codex")
                .orElseThrow()
                .mcpServers()
                .orElseThrow()
                .get(0)
                .command()
                .get(0);
        JsonNode command =
                toml(agents).path("mcp_servers").path("s").path("identity").path("command");
        assertEquals(meant, command.path("executable").asText());
        assertEquals(meant, command.path("args").path(0).path("value").asText());
    }

    @Test
    void aProgramPathWithSpecialSignsStaysOneWord() throws IOException {
        Surroundings odd = new Surroundings("linux", "/opt/it's \"here\"\\x/bin/cordon", null, null);
        SettingsRenderer.Rendered rendered = CODEX.render(AgentPolicies.agents("{codex: {}}"), odd);
        assertTrue(rendered.files().get(1).content().contains("[\"/opt/it's \\\"here\\\"\\\\x/bin/cordon\", \"run\"]"));
        String hook = parse(rendered)
                .path("hooks")
                .path("Stop")
                .path(0)
                .path("hooks")
                .path(0)
                .path("command")
                .asText();
        assertEquals("'/opt/it'\"'\"'s \"here\"\\x/bin/cordon' hook codex Stop", hook);
    }

    @Test
    void withoutAGatewayNothingIsSaidOfTelemetry() throws IOException {
        Surroundings silent = new Surroundings("linux", "/opt/cordon/bin/cordon", null, null);
        assertTrue(parse(CODEX.render(AgentPolicies.agents("{codex: {}}"), silent))
                .path("otel")
                .isMissingNode());
    }

    @Test
    void promptsAreAskedForOnlyWhereArgumentsAreKept() throws IOException {
        String spec = """
                mode: enforce
                filesystem: {write: {roots: []}}
                network: {mode: online, deny: [{host: bad.example}]}
                commands: {default: allow, unknown: allow}
                telemetry: {arguments: %s, agentEvents: security}
                agents: {codex: {}}
                """;
        assertFalse(parse(CODEX.render(AgentPolicies.of(spec.formatted("none")), AgentPolicies.LINUX))
                .path("otel")
                .path("log_user_prompt")
                .asBoolean());
        JsonNode hashed = parse(CODEX.render(AgentPolicies.of(spec.formatted("hashed")), AgentPolicies.LINUX));
        assertTrue(hashed.path("otel").path("log_user_prompt").asBoolean());
        assertEquals(
                "allow",
                hashed.path("experimental_network").path("domains").path("*").asText());
        assertEquals(
                "deny",
                hashed.path("experimental_network")
                        .path("domains")
                        .path("bad.example")
                        .asText());
        assertEquals(List.of("read-only"), texts(hashed.path("allowed_sandbox_modes")), "no root, no writing");
    }

    @Test
    void auditForbidsNothingAndWatchesAll() throws IOException {
        SettingsRenderer.Rendered rendered = CODEX.render(AgentPolicies.library("audit-only"), AgentPolicies.LINUX);
        JsonNode root = parse(rendered);
        assertEquals(List.of("features", "hooks", "otel"), names(root));
        assertEquals(List.of(), rendered.limits());
    }

    private static SettingsRenderer.Rendered render(String agents) {
        return CODEX.render(AgentPolicies.agents(agents), AgentPolicies.LINUX);
    }

    private static List<String> limits(String agents) {
        return render(agents).limits();
    }

    private static JsonNode toml(String agents) throws IOException {
        return parse(render(agents));
    }

    private static JsonNode parse(SettingsRenderer.Rendered rendered) throws IOException {
        return new TomlMapper().readTree(rendered.files().get(0).content());
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new java.util.ArrayList<>();
        array.forEach(each -> texts.add(each.asText()));
        return texts;
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new java.util.ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
