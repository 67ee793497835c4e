package io.cordon.policy.resolve;

import io.cordon.policy.model.Agents;
import io.cordon.policy.model.Decision;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** What a draft says of the coding agents, every value with its origin. */
final class AgentsDraft {

    Tracked<Decision> unlisted;
    Tracked<Integer> rememberAsksMinutes;

    /** By the agent's key. */
    final Map<String, AgentDraft> byAgent = new TreeMap<>();

    AgentsDraft(PublishedDocument base, Agents agents) {
        unlisted = new Tracked<>(agents.unlisted(), Origin.of(base, "/spec/agents/unlisted"));
        rememberAsksMinutes =
                new Tracked<>(agents.rememberAsksMinutes(), Origin.of(base, "/spec/agents/rememberAsksMinutes"));
        agents.byAgent().forEach((agent, rules) -> byAgent.put(agent, new AgentDraft(base, agent, rules, true)));
    }

    /** The rules as they stand. */
    Agents current() {
        Map<String, Agents.AgentRules> rules = new LinkedHashMap<>();
        byAgent.forEach((agent, draft) -> rules.put(agent, draft.current()));
        return new Agents(unlisted.value(), rememberAsksMinutes.value(), rules);
    }
}
