package io.cordon.agent.adapters.gemini;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cordon.agent.adapters.AgentPolicies;
import io.cordon.agent.adapters.Golden;
import io.cordon.agent.adapters.SettingsRenderer.Rendered;
import io.cordon.agent.adapters.Surroundings;
import io.cordon.policy.resolve.ResolvedPolicy;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GeminiSettingsTest {
    private static final String SPEC = """
            mode: enforce
            filesystem: {write: {roots: ["${workspace}"]}}
            network: {mode: online}
            commands: {default: allow, unknown: allow}
            """;

    private static Rendered rendered(ResolvedPolicy policy, String cordon) {
        return new GeminiSettings().render(policy, new Surroundings("linux", cordon, null, null));
    }

    private static JsonNode settings(Rendered rendered) throws Exception {
        List<String> contents = rendered.files().stream()
                .filter(file -> file.path().equals("/etc/gemini-cli/settings.json"))
                .map(file -> file.content())
                .toList();
        assertEquals(1, contents.size());
        return new ObjectMapper().readTree(contents.get(0));
    }

    private static String rules(Rendered rendered) {
        assertEquals(
                "/etc/gemini-cli/policies/cordon.toml", rendered.files().get(0).path());
        return rendered.files().get(0).content();
    }

    @ParameterizedTest
    @MethodSource("io.cordon.agent.adapters.AgentPolicies#cases")
    void saysAsItDid(String policy, String os) throws IOException {
        Golden.check(new GeminiSettings(), "0.61", policy, AgentPolicies.named(policy), AgentPolicies.machine(os));
    }

    @Test
    void isNotAskedForAPolicyThatDoesNotNameIt() {
        ResolvedPolicy policy = AgentPolicies.agents("{copilot: {}}");
        assertThrows(IllegalArgumentException.class, () -> rendered(policy, "/usr/bin/cordon"));
    }

    @Test
    void aPathWithBlanksAndQuotesIsOneWordOfTheShell() throws Exception {
        Rendered rendered = rendered(AgentPolicies.agents("{gemini: {}}"), "/opt/it's here/cordon");
        assertEquals(
                "'/opt/it'\"'\"'s here/cordon' hook gemini BeforeTool || exit 2",
                settings(rendered).at("/hooks/BeforeTool/0/hooks/0/command").asText());
        assertTrue(
                rules(rendered).contains("commandPrefix = \"'/opt/it'\\\"'\\\"'s here/cordon' run\"\n"),
                rules(rendered));
    }

    @Test
    void noHookDependsOnAVariableThatTheUserCouldSet() throws Exception {
        for (String os : List.of("linux", "windows")) {
            Rendered rendered = new GeminiSettings()
                    .render(AgentPolicies.named("offline"), new Surroundings(os, "/usr/bin/cordon", null, null));
            String text = rendered.files().get(1).content();
            assertFalse(text.matches("(?s).*\\$(\\w|\\{).*"), text);
        }
    }

    @Test
    void aReasonCannotEndItsStringInTheRules() {
        String rules = rules(rendered(
                AgentPolicies.of(SPEC.replace(
                                "unknown: allow}",
                                "unknown: allow, rules: [{id: odd, match: {argv: [curl]},"
                                        + " decision: deny, reason: \"a\\\"\\n[[rule]]\\\\\", examples: {match: [curl]}}]}")
                        + "agents: {gemini: {}}\n"),
                "/usr/bin/cordon"));
        assertTrue(rules.contains("denyMessage = \"a\\\"\\u000A[[rule]]\\\\ (odd)\"\n"), rules);
    }

    @Test
    void withoutAGatewayTelemetryIsLeftAloneAndSaidSo() throws Exception {
        Rendered rendered = rendered(AgentPolicies.named("offline"), "/usr/bin/cordon");
        assertTrue(settings(rendered).path("telemetry").isMissingNode());
        assertTrue(rendered.limits().stream().anyMatch(limit -> limit.contains("does not listen")));
    }

    @Test
    void anEmptyListOfServersIsNotNoList() throws Exception {
        JsonNode allowed = settings(rendered(AgentPolicies.named("no-mcp"), "/usr/bin/cordon"))
                .at("/mcp/allowed");
        assertEquals(1, allowed.size());
        assertFalse(allowed.get(0).asText().matches("[A-Za-z0-9_-]*"), "no server of a policy or a user has this name");
    }
}
