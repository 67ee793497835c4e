package io.cordon.agent.adapters.copilot;

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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CopilotSettingsTest {
    private static final String SPEC = """
            mode: enforce
            filesystem: {write: {roots: ["${workspace}"]}}
            network: {mode: online}
            commands: {default: allow, unknown: allow}
            """;

    private static Rendered rendered(ResolvedPolicy policy) {
        return new CopilotSettings().render(policy, new Surroundings("linux", "/usr/bin/cordon", null, null));
    }

    private static JsonNode settings(Rendered rendered) throws Exception {
        assertEquals(
                "/etc/github-copilot/managed-settings.json",
                rendered.files().get(1).path());
        return new ObjectMapper().readTree(rendered.files().get(1).content());
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(one -> texts.add(one.asText()));
        return texts;
    }

    @ParameterizedTest
    @MethodSource("io.cordon.agent.adapters.AgentPolicies#cases")
    void saysAsItDid(String policy, String os) throws IOException {
        Golden.check(new CopilotSettings(), "1.0.102", policy, AgentPolicies.named(policy), AgentPolicies.machine(os));
    }

    @Test
    void isNotAskedForAPolicyThatDoesNotNameIt() {
        ResolvedPolicy policy = AgentPolicies.agents("{gemini: {}}");
        assertThrows(IllegalArgumentException.class, () -> rendered(policy));
    }

    @Test
    void aNetworkThatReachesEverythingHasNoBound() throws Exception {
        Rendered rendered = rendered(AgentPolicies.of(
                SPEC.replace("mode: online", "mode: proxy, allow: [{host: \"*\"}]") + "agents: {copilot: {}}\n"));
        assertTrue(settings(rendered).at("/permissions/limitTo").isMissingNode());
        assertTrue(texts(settings(rendered).at("/permissions/allow")).contains("Domain(*)"));
    }

    @Test
    void aNetworkThatReachesNothingHasAnEmptyBound() throws Exception {
        JsonNode limitTo = settings(rendered(
                        AgentPolicies.of(SPEC.replace("mode: online", "mode: offline") + "agents: {copilot: {}}\n")))
                .at("/permissions/limitTo");
        assertTrue(limitTo.isArray() && limitTo.isEmpty(), limitTo.toString());
    }

    @Test
    void alwaysAsksTheDeveloperAndStillWatchesWhatRuns() throws Exception {
        Rendered rendered = rendered(AgentPolicies.named("always"));
        JsonNode hooks =
                new ObjectMapper().readTree(rendered.files().get(0).content()).path("hooks");
        // Else what the developer says yes to would run although Cordon has not confined it.
        assertTrue(hooks.has("permissionRequest") && hooks.has("preToolUse"));
        assertFalse(
                texts(settings(rendered).at("/permissions/allow")).stream().anyMatch(rule -> rule.startsWith("Shell")));
        assertTrue(texts(settings(rendered).at("/permissions/ask")).contains("Shell(*)"));
    }

    @Test
    void aRuleWhoseConditionsCannotBeSaidIsReportedAndNotWidened() throws Exception {
        Rendered rendered = rendered(AgentPolicies.named("offline"));
        assertFalse(texts(settings(rendered).at("/permissions/deny")).contains("Shell(git commit *)"));
        assertTrue(
                rendered.limits().stream().anyMatch(limit -> limit.contains("no-force") && !limit.contains("no-push")));
    }
}
