package io.cordon.policy.resolve;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordon.policy.model.AgentEvents;
import io.cordon.policy.model.Commands;
import io.cordon.policy.model.EnvironmentRules;
import io.cordon.policy.model.Filesystem;
import io.cordon.policy.model.Network;
import io.cordon.policy.model.ProcessRules;
import io.cordon.policy.model.Telemetry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Turns a finished draft into the policy, and its origins into one provenance for each leaf of the policy's JSON. */
final class Assembly {

    private final Draft draft;

    /** Origin by JSON pointer of the tracked value; its leaves are at or below. */
    private final Map<String, Origin> origins = new LinkedHashMap<>();

    private Assembly(Draft draft) {
        this.draft = draft;
    }

    static ResolvedPolicy policy(Draft draft) {
        return new ResolvedPolicy(
                draft.policy.metadata().name().value(),
                draft.base.revision(),
                draft.mode.value(),
                new Filesystem(
                        draft.readDeny.values(),
                        draft.writeRoots.values(),
                        draft.protect.values(),
                        draft.protectAlso.values()),
                new Network(
                        draft.networkMode.value(),
                        draft.allow.values(),
                        draft.deny.values(),
                        draft.loopbackPorts.values()),
                new ProcessRules(
                        draft.currentLimits(),
                        new EnvironmentRules(
                                draft.pass.values(),
                                draft.withhold.values(),
                                draft.policy.process().environment().set()),
                        draft.debugging.value()),
                new Commands(
                        draft.commandDefault.value(),
                        draft.commandUnknown.value(),
                        draft.rules.values(),
                        draft.narrowing.values()),
                draft.agents.current(),
                new Telemetry(
                        draft.arguments.value(),
                        draft.redact.values(),
                        draft.retainDays.value(),
                        draft.agentEvents.value()),
                draft.policy.metadata().contact());
    }

    /** Provenance of every leaf of the policy's JSON, in its order; an empty list or group is a leaf. */
    static List<Provenance> provenance(Draft draft, JsonNode json) {
        Assembly assembly = new Assembly(draft);
        assembly.collect();
        List<Provenance> all = new ArrayList<>();
        leaves("", json, (pointer, value) -> all.add(assembly.leaf(pointer, value)));
        return all;
    }

    /** Provenance of the built-in policy, which no document set. */
    static List<Provenance> builtin(JsonNode json) {
        List<Provenance> all = new ArrayList<>();
        leaves("", json, (pointer, value) -> all.add(Origin.builtin(pointer, value)));
        return all;
    }

    private void collect() {
        base("/name", "/metadata/name");
        base("/revision", "/metadata/name");
        base("/contact", "/metadata/contact");
        scalar("/mode", draft.mode);
        list("/filesystem/read/deny", draft.readDeny);
        list("/filesystem/write/roots", draft.writeRoots);
        list("/filesystem/write/protect", draft.protect);
        list("/filesystem/write/protectAlso", draft.protectAlso);
        scalar("/network/mode", draft.networkMode);
        list("/network/allow", draft.allow);
        list("/network/deny", draft.deny);
        list("/network/loopback/ports", draft.loopbackPorts);
        draft.limits.forEach((name, limit) -> scalar("/process/limits/" + name, limit));
        list("/process/environment/pass", draft.pass);
        list("/process/environment/withhold", draft.withhold);
        base("/process/environment/set", "/spec/process/environment/set");
        scalar("/process/debugging", draft.debugging);
        scalar("/commands/default", draft.commandDefault);
        scalar("/commands/unknown", draft.commandUnknown);
        list("/commands/rules", draft.rules);
        list("/commands/narrowing", draft.narrowing);
        base("/agents", "/spec/agents");
        scalar("/agents/unlisted", draft.agents.unlisted);
        scalar("/agents/rememberAsksMinutes", draft.agents.rememberAsksMinutes);
        draft.agents.byAgent.forEach((agent, rules) -> agent("/agents/" + agent, rules));
        scalar("/telemetry/arguments", draft.arguments);
        list("/telemetry/redact", draft.redact);
        scalar("/telemetry/retainDays", draft.retainDays);
        if (draft.agentEvents.value() != AgentEvents.OFF) {
            scalar("/telemetry/agentEvents", draft.agentEvents);
        }
    }

    private void agent(String pointer, AgentDraft rules) {
        scalar(pointer + "/use", rules.use);
        scalar(pointer + "/minVersion", rules.minVersion);
        scalar(pointer + "/approvals", rules.approvals);
        scalar(pointer + "/fullAccess", rules.fullAccess);
        rules.mcpServers.ifPresent(servers -> list(pointer + "/mcpServers/allow", servers));
        scalar(pointer + "/managedHooksOnly", rules.managedHooksOnly);
    }

    private void base(String pointer, String inDocument) {
        origins.put(pointer, Origin.of(draft.base, inDocument));
    }

    private void scalar(String pointer, Tracked<?> value) {
        origins.put(pointer, value.origin());
    }

    private <T> void list(String pointer, TrackedList<T> list) {
        origins.put(pointer, list.origin());
        for (int i = 0; i < list.items().size(); i++) {
            origins.put(pointer + "/" + i, list.items().get(i).origin());
        }
    }

    private static void leaves(String pointer, JsonNode json, BiConsumer<String, String> into) {
        if (json.isObject() && !json.isEmpty()) {
            json.fields()
                    .forEachRemaining(member -> leaves(
                            pointer + "/" + member.getKey().replace("~", "~0").replace("/", "~1"),
                            member.getValue(),
                            into));
        } else if (json.isArray() && !json.isEmpty()) {
            for (int i = 0; i < json.size(); i++) {
                leaves(pointer + "/" + i, json.get(i), into);
            }
        } else {
            into.accept(pointer, json.isValueNode() ? json.asText() : json.toString());
        }
    }

    private Provenance leaf(String pointer, String value) {
        String at = pointer;
        while (!at.isEmpty()) {
            Origin origin = origins.get(at);
            if (origin != null) {
                return origin.provenance(pointer, pointer.substring(at.length()), value);
            }
            at = at.substring(0, at.lastIndexOf('/'));
        }
        return Origin.builtin(pointer, value);
    }
}
