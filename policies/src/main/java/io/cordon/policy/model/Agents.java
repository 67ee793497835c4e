package io.cordon.policy.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the managed settings of each coding agent must say, by the agent's key: codex, claudeCode, gemini or copilot. Part
 * of the format; no endpoint evaluates it yet.
 */
public record Agents(Map<String, AgentRules> byAgent) {

    /** Says nothing about any agent. */
    public static final Agents NONE = new Agents(Map.of());

    public Agents {
        byAgent = java.util.Collections.unmodifiableMap(new TreeMap<>(byAgent));
    }

    /**
     * Rules for one coding agent.
     *
     * @param minVersion the lowest version that may run
     * @param mcpServers names of the only MCP servers that may be configured, when present
     * @param managedHooksOnly whether only hooks from managed settings may run
     */
    public record AgentRules(
            Optional<String> minVersion, Optional<List<String>> mcpServers, boolean managedHooksOnly) {}
}
