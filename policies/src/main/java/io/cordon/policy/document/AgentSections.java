package io.cordon.policy.document;

import io.cordon.policy.model.Agents;
import io.cordon.policy.model.Agents.AgentRules;
import io.cordon.policy.model.Agents.Approvals;
import io.cordon.policy.model.Agents.McpServer;
import io.cordon.policy.model.Decision;
import io.cordon.policy.model.PartialAgents;
import io.cordon.policy.model.PartialAgents.PartialRules;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The section {@code agents}: of a policy as a whole, of a tightening in part. */
final class AgentSections {

    private static final List<String> KEYS = List.of("codex", "claudeCode", "gemini", "copilot");

    private AgentSections() {}

    static Agents whole(Cursor agents) {
        PartialAgents said = partial(agents);
        Map<String, AgentRules> byAgent = new LinkedHashMap<>();
        said.byAgent().forEach((agent, rules) -> byAgent.put(agent, whole(rules)));
        return new Agents(
                said.unlisted().orElse(Agents.NONE.unlisted()),
                said.rememberAsksMinutes().orElse(Agents.NONE.rememberAsksMinutes()),
                byAgent);
    }

    private static AgentRules whole(PartialRules said) {
        AgentRules absent = AgentRules.DEFAULT;
        return new AgentRules(
                said.use().orElse(absent.use()),
                said.minVersion(),
                said.approvals().orElse(absent.approvals()),
                said.fullAccess().orElse(absent.fullAccess()),
                said.mcpServers(),
                said.managedHooksOnly().orElse(absent.managedHooksOnly()));
    }

    static PartialAgents partial(Cursor agents) {
        return new PartialAgents(
                agents.at("unlisted").optional(Decision::ofWord),
                agents.at("rememberAsksMinutes").optionalNumber(),
                named(agents));
    }

    private static Map<String, PartialRules> named(Cursor agents) {
        Map<String, PartialRules> byAgent = new LinkedHashMap<>();
        for (String agent : KEYS) {
            Cursor rules = agents.at(agent);
            if (rules.isPresent()) {
                byAgent.put(agent, rules(rules));
            }
        }
        return byAgent;
    }

    private static PartialRules rules(Cursor rules) {
        Cursor servers = rules.at("mcpServers").at("allow");
        return new PartialRules(
                rules.at("use").optional(Decision::ofWord),
                rules.at("minVersion").optional(Function.identity()),
                rules.at("approvals").optional(Approvals::ofWord),
                rules.at("fullAccess").optional(Decision::ofWord),
                servers.isPresent() ? Optional.of(servers.items(AgentSections::mcpServer)) : Optional.empty(),
                rules.at("managedHooksOnly").optionalFlag());
    }

    private static McpServer mcpServer(Cursor server) {
        if (server.isText()) {
            return new McpServer(server.text(""), List.of(), Optional.empty());
        }
        return new McpServer(
                server.at("name").text(""),
                server.at("command").texts(Function.identity()),
                server.at("url").optional(Function.identity()));
    }
}
