package io.cordon.policy.resolve;

import io.cordon.policy.model.Agents.AgentRules;
import io.cordon.policy.model.Agents.Approvals;
import io.cordon.policy.model.Agents.McpServer;
import io.cordon.policy.model.Decision;
import java.util.Optional;

/** What a draft says of one coding agent. What the document that names the agent leaves out comes from where it names it. */
final class AgentDraft {

    /** Whether the base names the agent; if not, a tightening does. */
    final boolean inBase;

    Tracked<Decision> use;
    Tracked<Optional<String>> minVersion;
    Tracked<Approvals> approvals;
    Tracked<Decision> fullAccess;
    /** Empty while any server may be used. */
    Optional<TrackedList<McpServer>> mcpServers;

    Tracked<Boolean> managedHooksOnly;

    /** @param by the document that names the agent */
    AgentDraft(PublishedDocument by, String agent, AgentRules rules, boolean inBase) {
        this.inBase = inBase;
        String at = pointer(agent);
        use = new Tracked<>(rules.use(), Origin.within(by, at, "use"));
        minVersion = new Tracked<>(rules.minVersion(), Origin.within(by, at, "minVersion"));
        approvals = new Tracked<>(rules.approvals(), Origin.within(by, at, "approvals"));
        fullAccess = new Tracked<>(rules.fullAccess(), Origin.within(by, at, "fullAccess"));
        mcpServers = rules.mcpServers().map(servers -> TrackedList.of(by, at + "/mcpServers/allow", servers));
        managedHooksOnly = new Tracked<>(rules.managedHooksOnly(), Origin.within(by, at, "managedHooksOnly"));
    }

    /** Where a document speaks of the agent. */
    static String pointer(String agent) {
        return "/spec/agents/" + agent;
    }

    AgentRules current() {
        return new AgentRules(
                use.value(),
                minVersion.value(),
                approvals.value(),
                fullAccess.value(),
                mcpServers.map(TrackedList::values),
                managedHooksOnly.value());
    }
}
