package io.cordon.agent.adapters.claudecode;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordon.agent.adapters.RunPrefix;
import io.cordon.agent.adapters.Surroundings;
import io.cordon.policy.model.Agents;
import io.cordon.policy.model.Decision;
import io.cordon.policy.model.HostRule;
import io.cordon.policy.model.NetworkMode;
import io.cordon.policy.model.PathPattern;
import io.cordon.policy.resolve.ResolvedPolicy;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Files, commands and hosts of a policy as Claude Code's permission rules. */
final class ClaudePermissions {
    private static final int HTTPS = 443;
    private static final String TEMPORARY = "${tmp}";
    private static final List<String> CHANGES = List.of("Bash", "Edit", "NotebookEdit", "Write");

    private final Set<String> deny = new LinkedHashSet<>();
    private final Set<String> ask = new LinkedHashSet<>();
    private final Set<String> allow = new LinkedHashSet<>();
    private final ResolvedPolicy policy;
    private final Surroundings machine;
    private final List<String> limits;

    private ClaudePermissions(ResolvedPolicy policy, Surroundings machine, List<String> limits) {
        this.policy = policy;
        this.machine = machine;
        this.limits = limits;
    }

    static void put(
            ObjectNode root,
            ResolvedPolicy policy,
            Agents.AgentRules rules,
            Surroundings machine,
            List<String> limits) {
        ClaudePermissions permissions = new ClaudePermissions(policy, machine, limits);
        boolean always = rules.approvals() == Agents.Approvals.ALWAYS;
        permissions.files();
        permissions.commands();
        permissions.hosts();
        if (always) {
            permissions.ask.addAll(CHANGES);
        } else {
            permissions.cordon();
        }
        ObjectNode node = root.putObject("permissions");
        list(node, "deny", permissions.deny);
        list(node, "ask", permissions.ask);
        list(node, "allow", permissions.allow);
        node.put("defaultMode", always ? "default" : "acceptEdits");
        if (rules.fullAccess() == Decision.DENY) {
            node.put("disableBypassPermissionsMode", "disable");
        }
    }

    private void files() {
        List<PathPattern> unread = policy.filesystem().readDeny();
        List<PathPattern> unwritten = policy.filesystem().protectedPaths();
        for (PathPattern pattern : unread) {
            ClaudePath.of(pattern, machine.os()).ifPresent(path -> {
                deny.add("Read(" + path + ")");
                deny.add("Edit(" + path + ")");
            });
        }
        for (PathPattern pattern : unwritten) {
            ClaudePath.of(pattern, machine.os()).ifPresent(path -> deny.add("Edit(" + path + ")"));
        }
        List<PathPattern> left = Stream.concat(unread.stream(), unwritten.stream())
                .filter(each -> ClaudePath.concerns(each, machine.os())
                        && ClaudePath.of(each, machine.os()).isEmpty())
                .toList();
        boolean temporary = left.stream().anyMatch(each -> each.anchor().equals(TEMPORARY));
        boolean unsayable = left.stream().anyMatch(each -> !each.anchor().equals(TEMPORARY));
        if (temporary) {
            limits.add("Claude Code cannot be told paths in the temporary folder, whose place differs between users");
        }
        if (unsayable) {
            limits.add(
                    "Claude Code cannot be told paths with brackets, parentheses or other signs of its patterns; Cordon's"
                            + " sandbox keeps commands from them");
        }
        limits.add(
                "Claude Code cannot be told the only folders that may be written; outside the folder it works in it asks");
    }

    private void commands() {
        List<String> left = ClaudeCommands.put(policy.commands(), deny, ask);
        if (!left.isEmpty()) {
            limits.add("Claude Code cannot be told, or only in part, these command rules, which Cordon decides: "
                    + String.join(", ", left));
        }
        if (machine.windows()) {
            limits.add(
                    "Claude Code is told command rules for its Bash tool and not for its PowerShell tool; Cordon decides both");
        }
    }

    private void hosts() {
        NetworkMode mode = policy.network().mode();
        if (mode == NetworkMode.OFFLINE) {
            deny.add("WebFetch");
            deny.add("WebSearch");
            return;
        }
        boolean left = false;
        for (HostRule rule : policy.network().deny()) {
            // A wildcard or a port would be ignored without a word.
            boolean sayable =
                    plain(rule) && rule.ports().isEmpty() && rule.methods().isEmpty();
            left |= !sayable;
            if (sayable) {
                deny.add("WebFetch(domain:" + rule.host() + ")");
            }
        }
        if (mode == NetworkMode.PROXY) {
            for (HostRule rule : policy.network().allow()) {
                boolean fetches = (rule.ports().isEmpty() || rule.ports().contains(HTTPS)) && rule.meansMethod("GET");
                if (plain(rule) && fetches) {
                    allow.add("WebFetch(domain:" + rule.host() + ")");
                } else {
                    left |= fetches;
                }
            }
            limits.add("Claude Code cannot be told to refuse every other host for its own web tools; it asks");
        }
        if (left) {
            limits.add(
                    "Claude Code cannot be told hosts with a wildcard, nor ports and methods of a host that is denied");
        }
    }

    private static boolean plain(HostRule rule) {
        return rule.host().value().indexOf('*') < 0 && rule.host().value().indexOf(':') < 0;
    }

    /** What the hook turned into {@code cordon run} is confined and need not be asked for. */
    private void cordon() {
        String line = RunPrefix.confined(machine);
        // Whether its patterns know a quoted word again is not known; without the rule it asks.
        if (line.equals(String.join(" ", RunPrefix.words(machine.cordon(), false)))) {
            allow.add("Bash(" + line + " *)");
        }
    }

    private static void list(ObjectNode node, String name, Set<String> rules) {
        if (!rules.isEmpty()) {
            ArrayNode array = node.putArray(name);
            rules.forEach(array::add);
        }
    }
}
