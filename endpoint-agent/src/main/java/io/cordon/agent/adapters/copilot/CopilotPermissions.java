package io.cordon.agent.adapters.copilot;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordon.agent.adapters.CommandPrefixes;
import io.cordon.agent.adapters.RunPrefix;
import io.cordon.agent.adapters.SettingsText;
import io.cordon.agent.adapters.Surroundings;
import io.cordon.policy.model.Agents.AgentRules;
import io.cordon.policy.model.Agents.Approvals;
import io.cordon.policy.model.Decision;
import io.cordon.policy.resolve.ResolvedPolicy;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The permission rules. Deny goes before ask, ask before allow. As soon as there is any rule, what none of them allows is asked
 * about, whatever a flag or a hook says; without a person to ask, that is a refusal. Hooks have run before, so that a command
 * which Cordon's hook put into {@code cordon run} is judged as such.
 */
final class CopilotPermissions {
    private static final List<String> EVERYTHING =
            List.of("Shell(*)", "Read(**)", "Read(//**)", "Edit(**)", "Edit(//**)", "Domain(*)");

    private final Set<String> deny = new TreeSet<>();
    private final Set<String> ask = new TreeSet<>();
    private final Set<String> allow = new TreeSet<>();

    private CopilotPermissions() {}

    static void write(
            ObjectNode settings,
            ResolvedPolicy policy,
            AgentRules rules,
            Surroundings surroundings,
            List<String> limits) {
        ObjectNode permissions = settings.withObject("/permissions");
        CopilotPermissions said = new CopilotPermissions();
        if (rules.use() == Decision.DENY) {
            said.deny.addAll(EVERYTHING);
        } else if (rules.fullAccess() == Decision.ALLOW) {
            limits.add(
                    "Copilot CLI cannot be given rules over commands, files and hosts while fullAccess is allowed: any rule takes its"
                            + " modes without questions away; Cordon's hook decides instead, and refuses what it would have to ask about.");
        } else {
            CopilotDomains domains = CopilotDomains.of(policy.network());
            said.commands(policy, rules, surroundings, limits);
            said.files(policy, rules, surroundings, limits);
            said.deny.addAll(domains.deny());
            said.allow.addAll(domains.allow());
            domains.limitTo().ifPresent(list -> put(permissions, "limitTo", list));
            limits.addAll(domains.limits());
            if (rules.approvals() == Approvals.CONTAINED) {
                CopilotMcp.of(rules.mcpServers()).allowed().forEach(name -> said.allow.add("Mcp(" + name + ")"));
            }
        }
        put(permissions, "deny", said.deny);
        put(permissions, "ask", said.ask);
        put(permissions, "allow", said.allow);
        if (permissions.isEmpty()) {
            settings.remove("permissions");
        }
    }

    private static void put(ObjectNode permissions, String key, Collection<String> rules) {
        if (!rules.isEmpty() || key.equals("limitTo")) {
            ArrayNode list = permissions.putArray(key);
            rules.forEach(list::add);
        }
    }

    private void commands(ResolvedPolicy policy, AgentRules rules, Surroundings surroundings, List<String> limits) {
        CommandPrefixes prefixes = CommandPrefixes.of(policy.commands());
        for (CommandPrefixes.Prefix prefix : prefixes.prefixes()) {
            (prefix.decision() == Decision.DENY ? deny : ask).add("Shell(" + prefix.line() + " *)");
        }
        if (rules.approvals() == Approvals.ALWAYS) {
            ask.addAll(List.of("Shell(*)", "Edit(**)", "Edit(//**)"));
        } else {
            ask.add("Shell(" + RunPrefix.asked(surroundings) + " *)");
            allow.add("Shell(" + RunPrefix.confined(surroundings) + " *)");
        }
        if (!prefixes.unsaid().isEmpty()) {
            limits.add("Copilot CLI cannot enforce these command rules, of which it could compare only the beginning: "
                    + SettingsText.some(prefixes.unsaid()) + "; Cordon's hook does.");
        }
        if (policy.commands().defaultDecision() != Decision.ALLOW
                || policy.commands().unknown() != Decision.ALLOW) {
            limits.add("Copilot CLI cannot enforce commands.default ("
                    + policy.commands().defaultDecision().word() + ") and commands.unknown ("
                    + policy.commands().unknown().word() + "); Cordon's hook does.");
        }
    }

    private void files(ResolvedPolicy policy, AgentRules rules, Surroundings surroundings, List<String> limits) {
        CopilotPaths paths = new CopilotPaths(surroundings.os());
        policy.filesystem().readDeny().forEach(path -> {
            deny.addAll(paths.rules("Read", path));
            deny.addAll(paths.rules("Edit", path));
        });
        policy.filesystem().protectedPaths().forEach(path -> deny.addAll(paths.rules("Edit", path)));
        allow.addAll(List.of("Read(**)", "Read(//**)"));
        if (rules.approvals() == Approvals.CONTAINED) {
            policy.filesystem().writeRoots().forEach(root -> allow.addAll(paths.rules("Edit", root)));
        }
        if (!paths.unsaid().isEmpty()) {
            limits.add("Copilot CLI cannot be told these paths: " + SettingsText.some(paths.unsaid())
                    + "; Cordon's hook decides on its file tools, and the sandbox holds commands.");
        }
    }
}
