package io.cordon.policy.resolve;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordon.policy.model.AgentEvents;
import io.cordon.policy.model.Agents;
import io.cordon.policy.model.ArgumentCapture;
import io.cordon.policy.model.CommandMatch;
import io.cordon.policy.model.CommandRule;
import io.cordon.policy.model.Commands;
import io.cordon.policy.model.Decision;
import io.cordon.policy.model.EnvironmentRules;
import io.cordon.policy.model.Filesystem;
import io.cordon.policy.model.HostPattern;
import io.cordon.policy.model.HostRule;
import io.cordon.policy.model.Limits;
import io.cordon.policy.model.Mode;
import io.cordon.policy.model.NamePattern;
import io.cordon.policy.model.Network;
import io.cordon.policy.model.NetworkMode;
import io.cordon.policy.model.PathPattern;
import io.cordon.policy.model.ProcessRules;
import io.cordon.policy.model.ProtectedPath;
import io.cordon.policy.model.RedactionPattern;
import io.cordon.policy.model.Telemetry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads the JSON form of a resolved policy. A missing or odd value is an error: nothing here has a default. */
final class ResolvedPolicyReader {

    private ResolvedPolicyReader() {}

    static ResolvedPolicy read(JsonNode json) {
        JsonNode process = member(json, "process");
        return new ResolvedPolicy(
                text(json, "name"),
                number(json, "revision"),
                Mode.ofWord(text(json, "mode")),
                filesystem(member(json, "filesystem")),
                network(member(json, "network")),
                new ProcessRules(
                        limits(member(process, "limits")),
                        environment(member(process, "environment")),
                        flag(process, "debugging")),
                commands(member(json, "commands")),
                agents(member(json, "agents")),
                telemetry(member(json, "telemetry")),
                text(json, "contact"));
    }

    private static Filesystem filesystem(JsonNode json) {
        JsonNode write = member(json, "write");
        return new Filesystem(
                texts(member(json, "read"), "deny", PathPattern::new),
                texts(write, "roots", PathPattern::new),
                texts(write, "protect", ProtectedPath::new),
                texts(write, "protectAlso", PathPattern::new));
    }

    private static Network network(JsonNode json) {
        return new Network(
                NetworkMode.ofWord(text(json, "mode")),
                items(json, "allow", ResolvedPolicyReader::host),
                items(json, "deny", ResolvedPolicyReader::host),
                items(member(json, "loopback"), "ports", ResolvedPolicyReader::whole));
    }

    private static HostRule host(JsonNode json) {
        return new HostRule(
                new HostPattern(text(json, "host")),
                items(json, "ports", ResolvedPolicyReader::whole),
                json.has("methods") ? texts(json, "methods", Function.identity()) : List.of());
    }

    private static Limits limits(JsonNode json) {
        return new Limits(
                number(json, "processes"),
                number(json, "memoryMiB"),
                number(json, "wallClockSeconds"),
                number(json, "openFiles"));
    }

    private static EnvironmentRules environment(JsonNode json) {
        Map<String, String> set = new LinkedHashMap<>();
        JsonNode values = member(json, "set");
        values.fieldNames().forEachRemaining(name -> set.put(name, text(values, name)));
        return new EnvironmentRules(
                texts(json, "pass", NamePattern::new), texts(json, "withhold", NamePattern::new), set);
    }

    private static Commands commands(JsonNode json) {
        return new Commands(
                Decision.ofWord(text(json, "default")),
                Decision.ofWord(text(json, "unknown")),
                items(json, "rules", ResolvedPolicyReader::rule),
                items(json, "narrowing", ResolvedPolicyReader::rule));
    }

    private static CommandRule rule(JsonNode json) {
        JsonNode match = member(json, "match");
        return new CommandRule(
                text(json, "id"),
                new CommandMatch(
                        items(match, "argv", ResolvedPolicyReader::alternatives),
                        texts(match, "anyOf", Function.identity()),
                        items(match, "allOf", ResolvedPolicyReader::alternatives),
                        texts(match, "noneOf", Function.identity()),
                        texts(match, "pipedFrom", Function.identity()),
                        flag(match, "ignoreCase")),
                Decision.ofWord(text(json, "decision")),
                text(json, "reason"),
                List.of(),
                List.of());
    }

    private static List<String> alternatives(JsonNode json) {
        List<String> words = new ArrayList<>();
        json.forEach(word -> words.add(words(word)));
        return words;
    }

    private static Agents agents(JsonNode json) {
        Map<String, Agents.AgentRules> byAgent = new LinkedHashMap<>();
        json.fields().forEachRemaining(member -> {
            if (member.getValue().isObject()) {
                byAgent.put(member.getKey(), agentRules(member.getValue()));
            }
        });
        return new Agents(
                json.has("unlisted") ? Decision.ofWord(text(json, "unlisted")) : Agents.NONE.unlisted(),
                json.has("rememberAsksMinutes")
                        ? number(json, "rememberAsksMinutes")
                        : Agents.NONE.rememberAsksMinutes(),
                byAgent);
    }

    private static Agents.AgentRules agentRules(JsonNode json) {
        return new Agents.AgentRules(
                Decision.ofWord(text(json, "use")),
                json.has("minVersion") ? Optional.of(text(json, "minVersion")) : Optional.empty(),
                Agents.Approvals.ofWord(text(json, "approvals")),
                Decision.ofWord(text(json, "fullAccess")),
                json.has("mcpServers")
                        ? Optional.of(items(member(json, "mcpServers"), "allow", ResolvedPolicyReader::mcpServer))
                        : Optional.empty(),
                flag(json, "managedHooksOnly"));
    }

    private static Agents.McpServer mcpServer(JsonNode json) {
        return new Agents.McpServer(
                text(json, "name"),
                json.has("command") ? texts(json, "command", Function.identity()) : List.of(),
                json.has("url") ? Optional.of(text(json, "url")) : Optional.empty());
    }

    private static Telemetry telemetry(JsonNode json) {
        return new Telemetry(
                ArgumentCapture.ofWord(text(json, "arguments")),
                texts(json, "redact", RedactionPattern::new),
                number(json, "retainDays"),
                json.has("agentEvents") ? AgentEvents.ofWord(text(json, "agentEvents")) : AgentEvents.OFF);
    }

    private static JsonNode member(JsonNode json, String name) {
        JsonNode value = json.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + ": missing (expected: in the JSON of a resolved policy)");
        }
        return value;
    }

    private static JsonNode list(JsonNode json, String name) {
        JsonNode value = member(json, name);
        if (!value.isArray()) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: a list)");
        }
        return value;
    }

    private static String text(JsonNode json, String name) {
        return words(member(json, name));
    }

    private static String words(JsonNode value) {
        if (!value.isTextual()) {
            throw new IllegalArgumentException("value: " + value + " (expected: a text)");
        }
        return value.textValue();
    }

    private static int number(JsonNode json, String name) {
        return whole(member(json, name));
    }

    private static int whole(JsonNode value) {
        if (!value.isInt()) {
            throw new IllegalArgumentException("value: " + value + " (expected: a whole number)");
        }
        return value.intValue();
    }

    private static boolean flag(JsonNode json, String name) {
        JsonNode value = member(json, name);
        if (!value.isBoolean()) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: true or false)");
        }
        return value.booleanValue();
    }

    private static <T> List<T> texts(JsonNode json, String name, Function<String, T> make) {
        return items(json, name, item -> make.apply(words(item)));
    }

    private static <T> List<T> items(JsonNode json, String name, Function<JsonNode, T> make) {
        List<T> values = new ArrayList<>();
        list(json, name).forEach(item -> values.add(make.apply(item)));
        return values;
    }
}
