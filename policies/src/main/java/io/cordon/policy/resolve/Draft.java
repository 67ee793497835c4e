package io.cordon.policy.resolve;

import io.cordon.policy.model.AgentEvents;
import io.cordon.policy.model.ArgumentCapture;
import io.cordon.policy.model.CommandRule;
import io.cordon.policy.model.Decision;
import io.cordon.policy.model.HostRule;
import io.cordon.policy.model.Limits;
import io.cordon.policy.model.Mode;
import io.cordon.policy.model.NamePattern;
import io.cordon.policy.model.NetworkMode;
import io.cordon.policy.model.PathPattern;
import io.cordon.policy.model.ProtectedPath;
import io.cordon.policy.model.RedactionPattern;
import io.cordon.policy.model.SandboxPolicy;
import io.cordon.policy.model.Telemetry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A policy while overlays are applied to it, every value with its origin. */
final class Draft {

    final PublishedDocument base;
    final SandboxPolicy policy;
    final List<String> notices = new ArrayList<>();

    Tracked<Mode> mode;
    final TrackedList<PathPattern> readDeny;
    final TrackedList<PathPattern> writeRoots;
    final TrackedList<ProtectedPath> protect;
    final TrackedList<PathPattern> protectAlso;
    Tracked<NetworkMode> networkMode;
    final TrackedList<HostRule> allow;
    final TrackedList<HostRule> deny;
    final TrackedList<Integer> loopbackPorts;
    final Map<String, Tracked<Integer>> limits = new LinkedHashMap<>();
    final TrackedList<NamePattern> pass;
    final TrackedList<NamePattern> withhold;
    Tracked<Boolean> debugging;
    Tracked<Decision> commandDefault;
    Tracked<Decision> commandUnknown;
    final TrackedList<CommandRule> rules;
    final TrackedList<CommandRule> narrowing;
    final AgentsDraft agents;
    Tracked<ArgumentCapture> arguments;
    final TrackedList<RedactionPattern> redact;
    Tracked<Integer> retainDays;

    Tracked<AgentEvents> agentEvents;

    Draft(PublishedDocument base, SandboxPolicy policy) {
        this.base = base;
        this.policy = policy;
        mode = scalar("/spec/mode", policy.mode());
        readDeny = list("/spec/filesystem/read/deny", policy.filesystem().readDeny());
        writeRoots = list("/spec/filesystem/write/roots", policy.filesystem().writeRoots());
        protect = list("/spec/filesystem/write/protect", policy.filesystem().protect());
        protectAlso = list("/spec/filesystem/write/protectAlso", List.of());
        networkMode = scalar("/spec/network/mode", policy.network().mode());
        allow = list("/spec/network/allow", policy.network().allow());
        deny = list("/spec/network/deny", policy.network().deny());
        loopbackPorts = list("/spec/network/loopback/ports", policy.network().loopbackPorts());
        Limits given = policy.process().limits();
        limit("processes", given.processes());
        limit("memoryMiB", given.memoryMiB());
        limit("wallClockSeconds", given.wallClockSeconds());
        limit("openFiles", given.openFiles());
        pass = list(
                "/spec/process/environment/pass", policy.process().environment().pass());
        withhold = list(
                "/spec/process/environment/withhold",
                policy.process().environment().withhold());
        debugging = scalar("/spec/process/debugging", policy.process().debugging());
        commandDefault = scalar("/spec/commands/default", policy.commands().defaultDecision());
        commandUnknown = scalar("/spec/commands/unknown", policy.commands().unknown());
        String rulesPointer = "/spec/commands/rules";
        rules = new TrackedList<>(
                Origin.of(base, rulesPointer),
                Tracked.list(base, rulesPointer, policy.commands().rules(), rule -> rule.resolved("")));
        narrowing = list("/spec/commands/narrowing", List.of());
        agents = new AgentsDraft(base, policy.agents());
        Telemetry telemetry = policy.telemetry();
        arguments = scalar("/spec/telemetry/arguments", telemetry.arguments());
        redact = list("/spec/telemetry/redact", telemetry.redact());
        retainDays = scalar("/spec/telemetry/retainDays", telemetry.retainDays());
        agentEvents = scalar("/spec/telemetry/agentEvents", telemetry.agentEvents());
    }

    /** The limits as they stand. */
    Limits currentLimits() {
        return new Limits(limit("processes"), limit("memoryMiB"), limit("wallClockSeconds"), limit("openFiles"));
    }

    private int limit(String name) {
        Tracked<Integer> limit = limits.get(name);
        if (limit == null) {
            throw new IllegalStateException("limit: " + name + " (expected: set by the base)");
        }
        return limit.value();
    }

    private void limit(String name, int value) {
        limits.put(name, scalar("/spec/process/limits/" + name, value));
    }

    private <T> Tracked<T> scalar(String pointer, T value) {
        return new Tracked<>(value, Origin.of(base, pointer));
    }

    private <T> TrackedList<T> list(String pointer, List<T> values) {
        return TrackedList.of(base, pointer, values);
    }
}
