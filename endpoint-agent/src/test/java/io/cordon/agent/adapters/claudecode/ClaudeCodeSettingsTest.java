package io.cordon.agent.adapters.claudecode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cordon.agent.adapters.AgentPolicies;
import io.cordon.agent.adapters.Golden;
import io.cordon.agent.adapters.SettingsRenderer;
import io.cordon.agent.adapters.Surroundings;
import io.cordon.policy.model.PathPattern;
import io.cordon.policy.resolve.ResolvedPolicy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClaudeCodeSettingsTest {
    private static final ClaudeCodeSettings CLAUDE = new ClaudeCodeSettings();

    @ParameterizedTest
    @ValueSource(strings = {"balanced", "regulated", "strict-offline", "open-source-developer", "audit-only"})
    void saysWhatTheLibrarySays(String name) throws IOException {
        ResolvedPolicy policy = AgentPolicies.library(name);
        Golden.check(CLAUDE, "2.1.332", name, policy, AgentPolicies.LINUX, AgentPolicies.WINDOWS);
    }

    @Test
    void saysAllThatCanBeAsked() throws IOException {
        ResolvedPolicy policy = AgentPolicies.named("managed");
        Golden.check(CLAUDE, "2.1.332", "managed", policy, AgentPolicies.LINUX, AgentPolicies.WINDOWS);
    }

    @ParameterizedTest
    @CsvSource({
        "/etc/shadow, linux, //etc/shadow",
        "/, linux, //**",
        "~, linux, ~",
        "~/.ssh, windows, ~/.ssh",
        "${workspace}, linux, ./**",
        "${workspace}/.env, linux, ./.env",
        "C:/Secrets, windows, //c/Secrets",
        "/run/user/*/bus, linux, //run/user/*/bus",
        "/mit leerzeichen/ü, linux, //mit leerzeichen/ü",
        "${tmp}/x, linux, ",
        "/etc/shadow, windows, ",
        "C:/Secrets, linux, ",
        "/a[b], linux, ",
        "/a(b), linux, ",
        "/a!b, linux, ",
        "/a{b}, linux, "
    })
    void pathsAreSaidOrLeftOut(String pattern, String os, String said) {
        assertEquals(
                said == null ? "" : said,
                ClaudePath.of(new PathPattern(pattern), os).orElse(""));
    }

    @ParameterizedTest
    @CsvSource({"2, 2.0.0", "2.1, 2.1.0", "2.1.300, 2.1.300", "2.1.300.4, 2.1.300"})
    void versionsHaveThreeNumbers(String asked, String said) throws IOException {
        assertEquals(
                said,
                json("{claudeCode: {minVersion: \"" + asked + "\"}}")
                        .path("requiredMinimumVersion")
                        .asText());
    }

    @Test
    void onlyFullAccessAllowedLeavesTheModes() throws IOException {
        JsonNode strict = json("{claudeCode: {}}");
        assertEquals(
                "disable",
                strict.path("permissions").path("disableBypassPermissionsMode").asText());
        assertEquals("disable", strict.path("disableAutoMode").asText());
        assertTrue(strict.path("allowManagedPermissionRulesOnly").asBoolean());
        JsonNode wide = json("{claudeCode: {fullAccess: allow}}");
        assertTrue(wide.path("permissions").path("disableBypassPermissionsMode").isMissingNode());
        assertTrue(wide.path("disableAutoMode").isMissingNode());
        assertTrue(wide.path("allowManagedPermissionRulesOnly").isMissingNode());
    }

    @Test
    void askingAlwaysAllowsNoCommand() throws IOException {
        JsonNode permissions = json("{claudeCode: {approvals: always}}").path("permissions");
        assertEquals(List.of("Bash", "Edit", "NotebookEdit", "Write"), texts(permissions.path("ask")));
        assertTrue(permissions.path("allow").isMissingNode());
        assertEquals("default", permissions.path("defaultMode").asText());
    }

    @Test
    void serversAreComparedByWhatTheyAre() throws IOException {
        String agents = "{claudeCode: {mcpServers: {allow: [docs, {name: f, command: [\"npx\", \"a \\\"b\\\"\"]},"
                + " {name: u, url: \"https://x.example/*\"}]}}}";
        JsonNode root = json(agents);
        assertTrue(root.path("allowManagedMcpServersOnly").asBoolean());
        assertEquals(
                "[{\"serverName\":\"docs\"},{\"serverCommand\":[\"npx\",\"a \\\"b\\\"\"]}]",
                root.path("allowedMcpServers").toString());
        List<String> limits = render(agents).limits();
        assertTrue(limits.stream().anyMatch(each -> each.contains("the * in the url of the MCP server u")));
        assertTrue(limits.stream().anyMatch(each -> each.contains("the MCP server docs by name only")));
        assertEquals(
                "[]",
                json("{claudeCode: {mcpServers: {allow: []}}}")
                        .path("allowedMcpServers")
                        .toString());
        assertTrue(json("{claudeCode: {}}").path("allowedMcpServers").isMissingNode());
    }

    @Test
    void everySignalGoesToTheGatewayAndContentAsPolicySays() throws IOException {
        JsonNode env = json("{claudeCode: {}}").path("env");
        for (String signal : List.of("METRICS", "LOGS", "TRACES")) {
            assertEquals(
                    "http://127.0.0.1:4318/v1/" + signal.toLowerCase(java.util.Locale.ROOT),
                    env.path("OTEL_EXPORTER_OTLP_" + signal + "_ENDPOINT").asText());
        }
        assertEquals("1", env.path("OTEL_LOG_USER_PROMPTS").asText());
        Surroundings silent = new Surroundings("linux", "/opt/cordon/bin/cordon", null, null);
        assertTrue(parse(CLAUDE.render(AgentPolicies.agents("{claudeCode: {}}"), silent))
                .path("env")
                .isMissingNode());
    }

    @Test
    void aProgramPathThatPatternsReadDifferentlyIsNotAllowed() throws IOException {
        Surroundings odd = new Surroundings("linux", "/opt/a*b (c)/cordon", null, null);
        JsonNode root = parse(CLAUDE.render(AgentPolicies.agents("{claudeCode: {}}"), odd));
        assertTrue(root.path("permissions").path("allow").isMissingNode());
    }

    @Test
    void auditForbidsNothingAndWatchesAll() throws IOException {
        SettingsRenderer.Rendered rendered = CLAUDE.render(AgentPolicies.library("audit-only"), AgentPolicies.LINUX);
        List<String> names = new ArrayList<>();
        parse(rendered).fieldNames().forEachRemaining(names::add);
        assertEquals(List.of("sandbox", "hooks", "env"), names);
        assertEquals(List.of(), rendered.limits());
    }

    @Test
    void blockingHooksBlockWhenTheyFail() throws IOException {
        JsonNode hooks = json("{claudeCode: {}}").path("hooks");
        JsonNode before = hooks.path("PreToolUse").path(0).path("hooks").path(0);
        assertEquals("block", before.path("onFailure").asText());
        assertFalse(hooks.path("Stop").path(0).path("hooks").path(0).has("onFailure"));
    }

    private static SettingsRenderer.Rendered render(String agents) {
        return CLAUDE.render(AgentPolicies.agents(agents), AgentPolicies.LINUX);
    }

    private static JsonNode json(String agents) throws IOException {
        return parse(render(agents));
    }

    private static JsonNode parse(SettingsRenderer.Rendered rendered) throws IOException {
        return new ObjectMapper().readTree(rendered.files().get(0).content());
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(each -> texts.add(each.asText()));
        return texts;
    }
}
