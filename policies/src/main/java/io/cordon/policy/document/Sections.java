package io.cordon.policy.document;

import io.cordon.policy.model.Agents;
import io.cordon.policy.model.Decision;
import io.cordon.policy.model.EnvironmentRules;
import io.cordon.policy.model.HostPattern;
import io.cordon.policy.model.HostRule;
import io.cordon.policy.model.Limits;
import io.cordon.policy.model.NamePattern;
import io.cordon.policy.model.PartialLimits;
import io.cordon.policy.model.ProcessRules;
import io.cordon.policy.model.Selector;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The sections that several kinds of documents share. */
final class Sections {

    private Sections() {}

    static List<HostRule> hosts(Cursor rules) {
        return rules.items(rule -> new HostRule(
                new HostPattern(rule.at("host").text("")),
                rule.at("ports").numbers(),
                rule.at("methods").texts(method -> method)));
    }

    static Optional<List<HostRule>> optionalHosts(Cursor rules) {
        return rules.isPresent() ? Optional.of(hosts(rules)) : Optional.empty();
    }

    static Optional<List<Integer>> optionalPorts(Cursor ports) {
        return ports.isPresent() ? Optional.of(ports.numbers()) : Optional.empty();
    }

    static ProcessRules process(Cursor process) {
        Cursor limits = process.at("limits");
        Cursor environment = process.at("environment");
        return new ProcessRules(
                new Limits(
                        limits.at("processes").number(Limits.DEFAULT.processes()),
                        limits.at("memoryMiB").number(Limits.DEFAULT.memoryMiB()),
                        limits.at("wallClockSeconds").number(Limits.DEFAULT.wallClockSeconds()),
                        limits.at("openFiles").number(Limits.DEFAULT.openFiles())),
                new EnvironmentRules(
                        environment.at("pass").texts(NamePattern::new),
                        environment.at("withhold").texts(NamePattern::new),
                        environment.at("set").members((name, value) -> value.text(""))),
                process.at("debugging").optionalFlag().orElse(false));
    }

    static PartialLimits partialLimits(Cursor limits) {
        return new PartialLimits(
                limits.at("processes").optionalNumber(),
                limits.at("memoryMiB").optionalNumber(),
                limits.at("wallClockSeconds").optionalNumber(),
                limits.at("openFiles").optionalNumber());
    }

    static Agents agents(Cursor agents) {
        Map<String, Agents.AgentRules> byAgent = new LinkedHashMap<>();
        for (String agent : List.of("codex", "claudeCode", "gemini", "copilot")) {
            Cursor rules = agents.at(agent);
            if (rules.isPresent()) {
                byAgent.put(agent, agentRules(rules));
            }
        }
        return new Agents(
                agents.at("unlisted").optional(Decision::ofWord).orElse(Agents.NONE.unlisted()),
                agents.at("rememberAsksMinutes").number(Agents.NONE.rememberAsksMinutes()),
                byAgent);
    }

    private static Agents.AgentRules agentRules(Cursor rules) {
        Cursor servers = rules.at("mcpServers").at("allow");
        return new Agents.AgentRules(
                rules.at("use").optional(Decision::ofWord).orElse(Decision.ALLOW),
                rules.at("minVersion").optional(version -> version),
                rules.at("approvals").optional(Agents.Approvals::ofWord).orElse(Agents.Approvals.CONTAINED),
                rules.at("fullAccess").optional(Decision::ofWord).orElse(Decision.DENY),
                servers.isPresent() ? Optional.of(servers.items(Sections::mcpServer)) : Optional.empty(),
                rules.at("managedHooksOnly").optionalFlag().orElse(false));
    }

    private static Agents.McpServer mcpServer(Cursor server) {
        if (server.isText()) {
            return new Agents.McpServer(server.text(""), List.of(), Optional.empty());
        }
        return new Agents.McpServer(
                server.at("name").text(""),
                server.at("command").texts(word -> word),
                server.at("url").optional(url -> url));
    }

    static Selector selector(Cursor selector) {
        return new Selector(
                selector.at("os").texts(os -> os),
                selector.at("host").texts(host -> host),
                selector.at("group").texts(group -> group),
                selector.at("tag").members((tag, values) -> values.texts(value -> value)),
                selector.at("id").texts(id -> id));
    }
}
