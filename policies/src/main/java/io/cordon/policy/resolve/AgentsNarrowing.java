package io.cordon.policy.resolve;

import io.cordon.policy.model.AgentVersion;
import io.cordon.policy.model.Agents.AgentRules;
import io.cordon.policy.model.Agents.Approvals;
import io.cordon.policy.model.Agents.McpServer;
import io.cordon.policy.model.Decision;
import io.cordon.policy.model.PartialAgents;
import io.cordon.policy.model.PartialAgents.PartialRules;
import io.cordon.policy.model.Tightening;
import java.util.List;
import java.util.Optional;

/** Applies what a tightening says of coding agents to a draft: each step keeps or narrows (SPEC 3.4.1). */
final class AgentsNarrowing {

    private final Draft draft;
    private final PublishedDocument published;
    private final String name;
    private final PartialAgents said;

    private AgentsNarrowing(Draft draft, PublishedDocument published, Tightening tightening) {
        this.draft = draft;
        this.published = published;
        this.name = tightening.metadata().name().value();
        this.said = tightening.agents();
    }

    static void apply(Draft draft, PublishedDocument published, Tightening tightening) {
        AgentsNarrowing narrowing = new AgentsNarrowing(draft, published, tightening);
        // An agent that is named here stands as the documents before left it, whatever this one says of unlisted ones.
        narrowing.said.byAgent().forEach(narrowing::agent);
        narrowing.unlisted();
        narrowing.said.rememberAsksMinutes().ifPresent(narrowing::rememberAsksMinutes);
    }

    private void agent(String agent, PartialRules rules) {
        AgentDraft current = draft.agents.byAgent.computeIfAbsent(agent, this::named);
        String at = AgentDraft.pointer(agent);
        rules.use()
                .ifPresent(use -> current.use = current.use.narrowedTo(use, origin(at + "/use"), Decision::strictest));
        current.minVersion =
                current.minVersion.narrowedTo(rules.minVersion(), origin(at + "/minVersion"), AgentsNarrowing::higher);
        rules.approvals()
                .ifPresent(approvals -> current.approvals =
                        current.approvals.narrowedTo(approvals, origin(at + "/approvals"), Approvals::strictest));
        rules.fullAccess()
                .ifPresent(access -> current.fullAccess =
                        current.fullAccess.narrowedTo(access, origin(at + "/fullAccess"), Decision::strictest));
        rules.mcpServers().ifPresent(servers -> mcpServers(current, agent, servers));
        rules.managedHooksOnly()
                .ifPresent(only -> current.managedHooksOnly = current.managedHooksOnly.narrowedTo(
                        only, origin(at + "/managedHooksOnly"), Boolean::logicalOr));
    }

    /** An agent that nothing before names: managed from here on, and denied if what was not named was. */
    private AgentDraft named(String agent) {
        AgentDraft fresh = new AgentDraft(published, agent, AgentRules.DEFAULT, false);
        fresh.use = fresh.use.narrowedTo(
                draft.agents.unlisted.value(), draft.agents.unlisted.origin(), Decision::strictest);
        notice("policy " + draft.policy.metadata().name() + " does not name " + agent
                + (fresh.use.value() == Decision.DENY
                        ? ", which stays denied"
                        : "; its settings are managed from here on"));
        return fresh;
    }

    private void mcpServers(AgentDraft current, String agent, List<McpServer> servers) {
        String at = AgentDraft.pointer(agent) + "/mcpServers/allow";
        if (current.mcpServers.isEmpty()) {
            current.mcpServers = Optional.of(TrackedList.of(published, at, servers));
            return;
        }
        TrackedList<McpServer> allowed = current.mcpServers.get();
        List<McpServer> before = allowed.values();
        servers.stream()
                .filter(server -> !before.contains(server))
                .forEach(server -> notice(server.name() + ", as it is written here, is not in agents." + agent
                        + ".mcpServers.allow and has no effect"));
        allowed.intersect(origin(at), Tracked.list(published, at, servers), TrackedList::same);
    }

    /** Also denies the agents that other tightenings name and the base does not: naming one never lets it run. */
    private void unlisted() {
        if (said.unlisted().isEmpty()) {
            return;
        }
        Decision unlisted = said.unlisted().get();
        Origin by = origin("/spec/agents/unlisted");
        draft.agents.unlisted = draft.agents.unlisted.narrowedTo(unlisted, by, Decision::strictest);
        draft.agents.byAgent.forEach((agent, rules) -> {
            if (!rules.inBase && !said.byAgent().containsKey(agent)) {
                rules.use = rules.use.narrowedTo(unlisted, by, Decision::strictest);
            }
        });
    }

    private void rememberAsksMinutes(int minutes) {
        draft.agents.rememberAsksMinutes = draft.agents.rememberAsksMinutes.narrowedTo(
                minutes, origin("/spec/agents/rememberAsksMinutes"), Math::min);
    }

    private static Optional<String> higher(Optional<String> first, Optional<String> second) {
        if (first.isEmpty() || second.isEmpty()) {
            return first.or(() -> second);
        }
        boolean raised = AgentVersion.lowest(second.get()).compareTo(AgentVersion.lowest(first.get())) > 0;
        return raised ? second : first;
    }

    private void notice(String sentence) {
        draft.notices.add("tightening " + name + ": " + sentence);
    }

    private Origin origin(String pointer) {
        return Origin.of(published, pointer);
    }
}
