package io.cordon.agent.broker;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordon.agent.os.LocalReply;
import io.cordon.agent.os.LocalRequest;
import io.cordon.agent.os.NetworkFence;
import io.cordon.agent.os.NetworkPlan;
import io.cordon.agent.os.ProcessLauncher;
import io.cordon.agent.telemetry.Spool;
import io.cordon.policy.resolve.ResolvedPolicy;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code cordon status}: what any local user may know of the agent. No paths of its state, no names of other users. */
final class StatusPage {
    private final Supplier<AgentStatus> agent;
    private final Supplier<Spool.Stats> spool;
    private final NetworkFence network;
    private final ProcessLauncher launcher;

    StatusPage(
            Supplier<AgentStatus> agent, Supplier<Spool.Stats> spool, NetworkFence network, ProcessLauncher launcher) {
        this.agent = agent;
        this.spool = spool;
        this.network = network;
        this.launcher = launcher;
    }

    LocalReply show(LocalRequest request, PolicyInForce.Held held, int running) {
        NetworkPlan plan = network.plan(held.compiled().network());
        Set<String> notices = new LinkedHashSet<>(held.resolution().notices());
        if (plan instanceof NetworkPlan.Granted granted) {
            notices.addAll(granted.notices());
        }
        AgentStatus status = agent.get();
        return LocalReply.output(
                request.flag("json")
                        ? json(held, plan, List.copyOf(notices), status, running)
                        : text(held, plan, List.copyOf(notices), status, running));
    }

    private String text(
            PolicyInForce.Held held, NetworkPlan plan, List<String> notices, AgentStatus status, int running) {
        ResolvedPolicy policy = held.policy();
        StringBuilder out = new StringBuilder();
        line(out, "endpoint", or(status.endpointId(), "not enrolled"));
        line(out, "server", or(status.server(), "none"));
        line(out, "state", status.state());
        line(out, "policy", policy.name() + " v" + policy.revision() + " (" + word(policy.mode()) + ")");
        line(out, "digest", held.digest().toString());
        line(out, "network", mode(plan));
        line(out, "last sync", time(status.lastSync(), "never"));
        if (status.staleSince() != null) {
            line(out, "stale", "since " + status.staleSince());
        }
        Spool.Stats waiting = spool.get();
        line(
                out,
                "spool",
                waiting.records() + " records waiting" + (waiting.lost() > 0 ? ", " + waiting.lost() + " lost" : ""));
        line(out, "running", Integer.toString(running));
        line(
                out,
                "confinement",
                launcher.features().version() + ", limits by "
                        + launcher.features().limits());
        new ManagedAgents(status.settings()).lines().forEach(agent -> line(out, "agent", agent));
        if (status.problem() != null) {
            line(out, "problem", status.problem());
        }
        notices.forEach(notice -> line(out, "notice", notice));
        return out.toString();
    }

    private String json(
            PolicyInForce.Held held, NetworkPlan plan, List<String> notices, AgentStatus status, int running) {
        ResolvedPolicy policy = held.policy();
        Spool.Stats waiting = spool.get();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("endpointId", status.endpointId())
                .put("server", status.server())
                .put("state", status.state())
                .put("policyName", policy.name())
                .put("policyVersion", policy.revision())
                .put("policyDigest", held.digest().hex())
                .put("mode", word(policy.mode()))
                .put("network", reach(plan));
        ports(plan).forEach(node.putArray("loopbackPorts")::add);
        node.put("lastSync", text(status.lastSync()))
                .put("staleSince", text(status.staleSince()))
                .put("spoolRecords", waiting.records())
                .put("spoolLost", waiting.lost())
                .put("running", running)
                .put("limits", launcher.features().limits())
                .put("problem", status.problem());
        new ManagedAgents(status.settings()).json(node.putArray("agents"));
        notices.forEach(node.putArray("notices")::add);
        return node + "\n";
    }

    private static String mode(NetworkPlan plan) {
        if (plan instanceof NetworkPlan.Refused refused) {
            return "refused: " + refused.reason();
        }
        return ports(plan).isEmpty() ? reach(plan) : reach(plan) + ", loopback ports " + ports(plan);
    }

    private static String reach(NetworkPlan plan) {
        return plan instanceof NetworkPlan.Granted granted ? word(granted.reach()) : "refused";
    }

    private static List<Integer> ports(NetworkPlan plan) {
        return plan instanceof NetworkPlan.Granted granted ? granted.loopbackPorts() : List.of();
    }

    private static void line(StringBuilder out, String name, String value) {
        out.append(String.format(Locale.ROOT, "%-12s %s%n", name, value));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String or(@Nullable String value, String otherwise) {
        return value == null ? otherwise : value;
    }

    private static String time(@Nullable Instant at, String otherwise) {
        return at == null ? otherwise : at.toString();
    }

    private static @Nullable String text(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }
}
