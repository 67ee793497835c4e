package io.cordon.agent.adapters.gemini;

import io.cordon.agent.adapters.CommandPrefixes;
import io.cordon.agent.adapters.SettingsText;
import io.cordon.agent.adapters.Surroundings;
import io.cordon.policy.model.Agents.AgentRules;
import io.cordon.policy.model.Decision;
import io.cordon.policy.model.NetworkMode;
import io.cordon.policy.resolve.ResolvedPolicy;
import java.util.List;

/** What a policy asks that neither the settings nor the rules of Gemini CLI can say. */
final class GeminiLimits {

    private GeminiLimits() {}

    static void of(ResolvedPolicy policy, AgentRules rules, Surroundings surroundings, List<String> limits) {
        rules.minVersion()
                .ifPresent(version -> limits.add("Gemini CLI cannot enforce a lowest version (" + version
                        + "): its settings have none, and an older one may not know these settings."));
        if (rules.use() == Decision.DENY) {
            limits.add("Gemini CLI cannot be kept from starting by its settings: every tool of it is refused instead.");
            return;
        }
        limits.add(
                "Gemini CLI cannot enforce that hooks run: a user or a trusted project may name them in hooksConfig.disabled or define"
                        + " one of the same name; then its own rules decide, and Cordon's sandbox holds what runs within it.");
        if (rules.managedHooksOnly()) {
            limits.add(
                    "Gemini CLI cannot enforce that only managed hooks run: hooks of the user, of extensions and of trusted projects"
                            + " run as well; nothing keeps them out but the sandbox they start in.");
        }
        limits.add(
                "Gemini CLI cannot enforce what may be read and written: its rules compare a tool's arguments as text, of which a path"
                        + " has many; Cordon's hook decides on its file tools, and the sandbox holds commands.");
        commands(policy, limits);
        network(policy, limits);
        limits.add("Gemini CLI cannot enforce limits of processes, memory and time, nor the environment of commands;"
                + " Cordon's sandbox does.");
        if (surroundings.windows()) {
            limits.add(
                    "Gemini CLI skips its system settings where users may create files in C:\\ProgramData, as they may by default"
                            + " (read from its source, not seen): then the policy engine's rules hold, and no setting or hook of it does.");
        }
    }

    private static void commands(ResolvedPolicy policy, List<String> limits) {
        CommandPrefixes said = CommandPrefixes.of(policy.commands());
        if (!said.unsaid().isEmpty()) {
            limits.add("Gemini CLI cannot enforce these command rules, of which it could compare only the beginning: "
                    + SettingsText.some(said.unsaid()) + "; Cordon's hook does.");
        }
        if (!said.prefixes().isEmpty()) {
            limits.add(
                    "Gemini CLI cannot enforce command rules however they are written: it compares how a command begins, so that"
                            + " options in between evade it; Cordon's hook does.");
        }
        if (policy.commands().defaultDecision() != Decision.ALLOW
                || policy.commands().unknown() != Decision.ALLOW) {
            limits.add("Gemini CLI cannot enforce commands.default ("
                    + policy.commands().defaultDecision().word() + ") and commands.unknown ("
                    + policy.commands().unknown().word() + "); Cordon's hook does.");
        }
    }

    private static void network(ResolvedPolicy policy, List<String> limits) {
        if (policy.network().mode() != NetworkMode.OFFLINE
                        && !policy.network().deny().isEmpty()
                || policy.network().mode() == NetworkMode.PROXY) {
            limits.add(
                    "Gemini CLI cannot enforce which hosts are reached: its web_fetch and google_web_search have no list of hosts;"
                            + " Cordon's egress proxy decides for commands.");
        }
    }
}
