package io.cordon.policy.resolve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordon.policy.model.AgentEvents;
import io.cordon.policy.model.Agents;
import io.cordon.policy.model.CommandMatch;
import io.cordon.policy.model.CommandRule;
import io.cordon.policy.model.Commands;
import io.cordon.policy.model.EnvironmentRules;
import io.cordon.policy.model.Filesystem;
import io.cordon.policy.model.HostRule;
import io.cordon.policy.model.Limits;
import io.cordon.policy.model.NamePattern;
import io.cordon.policy.model.Network;
import io.cordon.policy.model.PathPattern;
import io.cordon.policy.model.ProtectedPath;
import io.cordon.policy.model.RedactionPattern;
import io.cordon.policy.model.Telemetry;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;

/** Writes the JSON form of a resolved policy; {@link ResolvedPolicyReader} reads it back. */
final class ResolvedPolicyJson {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private ResolvedPolicyJson() {}

    static ObjectNode write(ResolvedPolicy policy) {
        ObjectNode json = NODES.objectNode();
        json.put("name", policy.name());
        json.put("revision", policy.revision());
        json.put("contact", policy.contact());
        json.put("mode", policy.mode().word());
        filesystem(json.putObject("filesystem"), policy.filesystem());
        network(json.putObject("network"), policy.network());
        ObjectNode process = json.putObject("process");
        limits(process.putObject("limits"), policy.process().limits());
        environment(process.putObject("environment"), policy.process().environment());
        process.put("debugging", policy.process().debugging());
        commands(json.putObject("commands"), policy.commands());
        agents(json.putObject("agents"), policy.agents());
        telemetry(json.putObject("telemetry"), policy.telemetry());
        return json;
    }

    private static void filesystem(ObjectNode json, Filesystem filesystem) {
        json.putObject("read").set("deny", texts(filesystem.readDeny(), PathPattern::value));
        ObjectNode write = json.putObject("write");
        write.set("roots", texts(filesystem.writeRoots(), PathPattern::value));
        write.set("protect", texts(filesystem.protect(), ProtectedPath::value));
        write.set("protectAlso", texts(filesystem.protectAlso(), PathPattern::value));
    }

    private static void network(ObjectNode json, Network network) {
        json.put("mode", network.mode().word());
        json.set("allow", hosts(network.allow()));
        json.set("deny", hosts(network.deny()));
        json.putObject("loopback").set("ports", numbers(network.loopbackPorts()));
    }

    private static void limits(ObjectNode json, Limits limits) {
        json.put("processes", limits.processes());
        json.put("memoryMiB", limits.memoryMiB());
        json.put("wallClockSeconds", limits.wallClockSeconds());
        json.put("openFiles", limits.openFiles());
    }

    private static void environment(ObjectNode json, EnvironmentRules environment) {
        json.set("pass", texts(environment.pass(), NamePattern::value));
        json.set("withhold", texts(environment.withhold(), NamePattern::value));
        ObjectNode set = json.putObject("set");
        new TreeMap<>(environment.set()).forEach(set::put);
    }

    private static void commands(ObjectNode json, Commands commands) {
        json.put("default", commands.defaultDecision().word());
        json.put("unknown", commands.unknown().word());
        ArrayNode rules = json.putArray("rules");
        commands.rules().forEach(rule -> rule(rules.addObject(), rule));
        ArrayNode narrowing = json.putArray("narrowing");
        commands.narrowing().forEach(rule -> rule(narrowing.addObject(), rule));
    }

    private static void rule(ObjectNode json, CommandRule rule) {
        json.put("id", rule.id());
        CommandMatch match = rule.match();
        ObjectNode out = json.putObject("match");
        ArrayNode argv = out.putArray("argv");
        match.argv().forEach(token -> argv.add(texts(token, Function.identity())));
        out.set("anyOf", texts(match.anyOf(), Function.identity()));
        ArrayNode allOf = out.putArray("allOf");
        match.allOf().forEach(alternatives -> allOf.add(texts(alternatives, Function.identity())));
        out.set("noneOf", texts(match.noneOf(), Function.identity()));
        out.set("pipedFrom", texts(match.pipedFrom(), Function.identity()));
        out.put("ignoreCase", match.ignoreCase());
        json.put("decision", rule.decision().word());
        json.put("reason", rule.reason());
    }

    /** What is as it is when nothing is said of it is left out: policies without agents keep their digest. */
    private static void agents(ObjectNode json, Agents agents) {
        if (agents.unlisted() != Agents.NONE.unlisted()) {
            json.put("unlisted", agents.unlisted().word());
        }
        if (agents.rememberAsksMinutes() != Agents.NONE.rememberAsksMinutes()) {
            json.put("rememberAsksMinutes", agents.rememberAsksMinutes());
        }
        agents.byAgent().forEach((agent, rules) -> {
            ObjectNode out = json.putObject(agent);
            out.put("use", rules.use().word());
            rules.minVersion().ifPresent(version -> out.put("minVersion", version));
            out.put("approvals", rules.approvals().word());
            out.put("fullAccess", rules.fullAccess().word());
            rules.mcpServers().ifPresent(servers -> {
                ArrayNode allow = out.putObject("mcpServers").putArray("allow");
                servers.forEach(server -> mcpServer(allow.addObject(), server));
            });
            out.put("managedHooksOnly", rules.managedHooksOnly());
        });
    }

    private static void mcpServer(ObjectNode json, Agents.McpServer server) {
        json.put("name", server.name());
        if (!server.command().isEmpty()) {
            json.set("command", texts(server.command(), Function.identity()));
        }
        server.url().ifPresent(url -> json.put("url", url));
    }

    private static void telemetry(ObjectNode json, Telemetry telemetry) {
        json.put("arguments", telemetry.arguments().word());
        json.set("redact", texts(telemetry.redact(), RedactionPattern::value));
        json.put("retainDays", telemetry.retainDays());
        if (telemetry.agentEvents() != AgentEvents.OFF) {
            json.put("agentEvents", telemetry.agentEvents().word());
        }
    }

    private static ArrayNode hosts(List<HostRule> rules) {
        ArrayNode array = NODES.arrayNode();
        for (HostRule rule : rules) {
            ObjectNode json = array.addObject();
            json.put("host", rule.host().value());
            json.set("ports", numbers(rule.ports()));
            if (!rule.methods().isEmpty()) {
                // Absent without methods, so that policies from before there were any keep their digest.
                json.set("methods", texts(rule.methods(), Function.identity()));
            }
        }
        return array;
    }

    private static ArrayNode numbers(List<Integer> values) {
        ArrayNode array = NODES.arrayNode();
        values.forEach(array::add);
        return array;
    }

    private static <T> JsonNode texts(List<T> values, Function<T, String> text) {
        ArrayNode array = NODES.arrayNode();
        values.forEach(value -> array.add(text.apply(value)));
        return array;
    }
}
