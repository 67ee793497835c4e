package io.cordon.policy.model;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Some of the values of {@link Agents}, in the same units; absent ones leave the base as it is.
 *
 * @param byAgent by the agent's key; that an agent is named has its settings managed, even if nothing more is said of it
 */
public record PartialAgents(
        Optional<Decision> unlisted, Optional<Integer> rememberAsksMinutes, Map<String, PartialRules> byAgent) {

    public PartialAgents {
        byAgent = Collections.unmodifiableMap(new TreeMap<>(byAgent));
    }

    /** Some of the values of {@link Agents.AgentRules}. */
    public record PartialRules(
            Optional<Decision> use,
            Optional<String> minVersion,
            Optional<Agents.Approvals> approvals,
            Optional<Decision> fullAccess,
            Optional<List<Agents.McpServer>> mcpServers,
            Optional<Boolean> managedHooksOnly) {

        /** @throws IllegalArgumentException if the lowest version does not begin with a number */
        public PartialRules {
            minVersion.ifPresent(AgentVersion::lowest);
            mcpServers = mcpServers.map(List::copyOf);
        }
    }
}
