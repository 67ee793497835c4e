package io.cordon.policy.resolve;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.policy.model.AgentVersion;
import io.cordon.policy.model.Agents;
import java.util.List;
import java.util.Optional;

/** Whether one {@code agents} lets coding agents do nothing that another does not. */
final class AgentsOrder {

    private static final List<String> AGENTS = List.of("codex", "claudeCode", "gemini", "copilot", "any other");

    private AgentsOrder() {}

    static void assertNotWider(Agents with, Agents without) {
        assertFalse(with.unlisted().isMorePermissiveThan(without.unlisted()), "unlisted");
        assertTrue(with.rememberAsksMinutes() <= without.rememberAsksMinutes(), "rememberAsksMinutes");
        for (String agent : AGENTS) {
            assertFalse(with.use(agent).isMorePermissiveThan(without.use(agent)), agent);
            without.rules(agent).ifPresent(rules -> {
                Optional<Agents.AgentRules> narrowed = with.rules(agent);
                assertTrue(narrowed.isPresent(), agent + " is not managed any more");
                assertNotWider(agent, narrowed.get(), rules);
            });
        }
    }

    private static void assertNotWider(String agent, Agents.AgentRules with, Agents.AgentRules without) {
        assertTrue(version(with).compareTo(version(without)) >= 0, agent + " minVersion");
        assertTrue(with.approvals().compareTo(without.approvals()) >= 0, agent + " approvals");
        assertFalse(with.fullAccess().isMorePermissiveThan(without.fullAccess()), agent + " fullAccess");
        assertTrue(with.managedHooksOnly() || !without.managedHooksOnly(), agent + " managedHooksOnly");
        without.mcpServers()
                .ifPresent(servers ->
                        assertTrue(servers.containsAll(with.mcpServers().orElseThrow()), agent + " mcpServers"));
    }

    private static AgentVersion version(Agents.AgentRules rules) {
        return AgentVersion.lowest(rules.minVersion().orElse("0"));
    }
}
