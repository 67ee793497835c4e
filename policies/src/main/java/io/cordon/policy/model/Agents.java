package io.cordon.policy.model;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which coding agents may be used, and what their managed settings must say (SPEC 2.9).
 *
 * @param unlisted whether agents that {@code byAgent} does not name may be used: {@link Decision#ALLOW} or {@link Decision#DENY}
 * @param rememberAsksMinutes 0 to 480: how long what a developer allowed when asked is not asked again in the same session
 * @param byAgent rules by the agent's key: codex, claudeCode, gemini or copilot
 */
public record Agents(Decision unlisted, int rememberAsksMinutes, Map<String, AgentRules> byAgent) {

    /** Says nothing about any agent: all may be used, none is managed. */
    public static final Agents NONE = new Agents(Decision.ALLOW, 0, Map.of());

    public Agents {
        byAgent = Collections.unmodifiableMap(new TreeMap<>(byAgent));
    }

    /** What is said of an agent by its key; empty when its settings are not managed. */
    public Optional<AgentRules> rules(String agent) {
        return Optional.ofNullable(byAgent.get(agent));
    }

    /** Whether an agent may be used, its version aside; a key that is not in {@code byAgent} is any other agent. */
    public Decision use(String agent) {
        return rules(agent).map(AgentRules::use).orElse(unlisted);
    }

    /**
     * Rules for one coding agent.
     *
     * @param use allow or deny
     * @param minVersion the lowest version that may run: one to four numbers with dots
     * @param approvals when the developer is asked
     * @param fullAccess whether the agent's own modes without questions and sandbox may be chosen: allow or deny
     * @param mcpServers the only MCP servers that may be used, when present
     * @param managedHooksOnly whether only hooks from managed settings may run
     */
    public record AgentRules(
            Decision use,
            Optional<String> minVersion,
            Approvals approvals,
            Decision fullAccess,
            Optional<List<McpServer>> mcpServers,
            boolean managedHooksOnly) {

        /** What is said of an agent that is named and of which nothing more is said. */
        public static final AgentRules DEFAULT = new AgentRules(
                Decision.ALLOW, Optional.empty(), Approvals.CONTAINED, Decision.DENY, Optional.empty(), false);

        /** @throws IllegalArgumentException if the lowest version does not begin with a number */
        public AgentRules {
            minVersion.ifPresent(AgentVersion::lowest);
            mcpServers = mcpServers.map(List::copyOf);
        }
    }

    /** When the developer is asked, ordered from seldom to always. */
    public enum Approvals {
        /** Only where a rule says prompt: the sandbox makes the rest harmless. */
        CONTAINED,
        /** Before every command and change. */
        ALWAYS;

        /** The one that asks more. */
        public Approvals strictest(Approvals other) {
            return compareTo(other) >= 0 ? this : other;
        }

        /** The word in documents. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Reads {@link #word()} back. */
        public static Approvals ofWord(String word) {
            return Words.find(values(), word, "approvals");
        }
    }

    /**
     * An MCP server that may be used.
     *
     * @param command the program and its arguments word for word; empty when it is known by its name or address
     * @param url the address of a remote server
     */
    public record McpServer(String name, List<String> command, Optional<String> url) {

        /** @throws IllegalArgumentException if there is a command and an address */
        public McpServer {
            command = List.copyOf(command);
            if (!command.isEmpty() && url.isPresent()) {
                throw new IllegalArgumentException(
                        "mcpServers: " + name + " has a command and a url (expected: one of them)");
            }
        }
    }
}
