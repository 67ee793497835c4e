package io.cordon.agent.adapters.codex;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import io.cordon.agent.adapters.CodingAgent;
import io.cordon.agent.adapters.HookCommand;
import io.cordon.agent.adapters.RunPrefix;
import io.cordon.agent.adapters.SettingsRenderer;
import io.cordon.agent.adapters.Surroundings;
import io.cordon.policy.model.Agents;
import io.cordon.policy.model.ArgumentCapture;
import io.cordon.policy.model.Decision;
import io.cordon.policy.model.Mode;
import io.cordon.policy.model.NetworkMode;
import io.cordon.policy.resolve.ResolvedPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Codex 0.169: {@code requirements.toml}, which no user setting overrides, and rules of its execution policy.
 *
 * <p>Cordon's hook turns every shell command into {@code cordon run … -- bash -lc '…'}. Codex's own sandbox keeps a process from
 * the broker's socket, so that very program, by its whole path, and nothing else, is allowed to run outside of it: what comes
 * out of it is confined by Cordon. Whatever was not turned stays in Codex's sandbox. Codex takes the rules for a plain command only,
 * not for one with a redirection, a substitution or a variable in front. An allow rule of the policy is never given to
 * Codex, which would run the command outside any sandbox.
 */
public final class CodexSettings implements SettingsRenderer {
    private static final TomlMapper TOML = new TomlMapper();
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int SESSION_END_SECONDS = 3;
    private static final List<String> BLOCKING = List.of("UserPromptSubmit", "PreToolUse", "PermissionRequest");
    private static final List<String> WATCHING = List.of("SessionStart", "PostToolUse", "Stop", "SessionEnd");

    @Override
    public CodingAgent agent() {
        return CodingAgent.CODEX;
    }

    @Override
    public Rendered render(ResolvedPolicy policy, Surroundings surroundings) {
        Agents.AgentRules rules = rulesIn(policy);
        List<String> limits = new ArrayList<>();
        ObjectNode root = JSON.objectNode();
        // In audit, decisions are recorded and do not hold: nothing is forbidden, everything is watched.
        boolean enforced = policy.mode() == Mode.ENFORCE;
        boolean always = enforced && rules.approvals() == Agents.Approvals.ALWAYS;
        if (enforced) {
            modes(root, policy, rules, limits);
            CodexNetwork.put(root, policy.network(), limits);
            CodexCommands.put(root, policy.commands(), limits);
            CodexServers.put(root, rules, limits);
            files(policy, limits);
            others(policy, rules, limits);
        }
        root.putObject("features").put("hooks", true);
        hooks(root, surroundings);
        telemetry(root, policy, surroundings);
        List<File> files = new ArrayList<>();
        files.add(new File(folder(surroundings) + "requirements.toml", header(policy) + text(root)));
        if (always) {
            limits.add(
                    "Codex asks twice before a command, once to run it and once to leave its own sandbox for Cordon's:"
                            + " it has no setting for asking once");
        } else {
            files.add(new File(rulesFile(surroundings), header(policy) + rules(surroundings)));
        }
        return new Rendered(files, limits);
    }

    private static void modes(ObjectNode root, ResolvedPolicy policy, Agents.AgentRules rules, List<String> limits) {
        boolean always = rules.approvals() == Agents.Approvals.ALWAYS;
        ArrayNode approvals = root.putArray("allowed_approval_policies");
        if (always) {
            approvals.add("untrusted");
        } else {
            // "never" does not widen: what is not allowed then fails within Codex's sandbox.
            approvals.add("on-request").add("never");
        }
        ArrayNode sandboxes = root.putArray("allowed_sandbox_modes").add("read-only");
        boolean writes = policy.filesystem().writeRoots().stream()
                .anyMatch(pattern -> pattern.value().equals("${workspace}"));
        if (writes && rules.use() == Decision.ALLOW) {
            sandboxes.add("workspace-write");
        }
        if (rules.fullAccess() == Decision.ALLOW && rules.use() == Decision.ALLOW) {
            sandboxes.add("danger-full-access");
        }
        if (rules.managedHooksOnly()) {
            root.put("allow_managed_hooks_only", true);
        }
        if (policy.network().mode() == NetworkMode.OFFLINE) {
            root.putArray("allowed_web_search_modes");
        } else if (policy.network().mode() == NetworkMode.PROXY) {
            // Answered from the provider's own index; live search would fetch what the proxy would refuse.
            root.putArray("allowed_web_search_modes").add("cached");
        }
        if (rules.use() == Decision.DENY) {
            limits.add("Codex cannot be told not to run; Cordon refuses its commands and prompts");
        }
    }

    private static void files(ResolvedPolicy policy, List<String> limits) {
        if (!policy.filesystem().readDeny().isEmpty()) {
            limits.add(
                    "Codex is not told which files cannot be read: with permissions.filesystem.deny_read it keeps every"
                            + " command in its own sandbox, where Cordon cannot be reached; commands cannot read them all the same,"
                            + " Codex itself can");
        }
        limits.add(
                "Codex cannot be told the only folders that may be written, nor what is protected within them beyond .git,"
                        + " .codex and .agents");
    }

    private static void others(ResolvedPolicy policy, Agents.AgentRules rules, List<String> limits) {
        rules.minVersion()
                .ifPresent(version -> limits.add("Codex cannot be told that " + version
                        + " is its lowest version; an older one knows fewer of these settings"));
        limits.add(
                "Codex cannot be told to leave out a developer's own rules files, which may let commands that Cordon has not"
                        + " turned into its own run outside Codex's sandbox");
        limits.add("Codex has no setting for limits and environment of commands; Cordon's sandbox holds them");
        if (policy.commands().defaultDecision() != Decision.ALLOW) {
            limits.add("Codex cannot be told to "
                    + (policy.commands().defaultDecision() == Decision.DENY ? "refuse" : "ask before")
                    + " commands that no rule names; Cordon decides them");
        }
    }

    private void hooks(ObjectNode root, Surroundings machine) {
        boolean windows = machine.windows();
        ObjectNode hooks = root.putObject("hooks");
        // Codex loads managed hooks only when this folder exists.
        hooks.put(windows ? "windows_managed_dir" : "managed_dir", parent(machine.cordon(), windows));
        for (String event : BLOCKING) {
            hook(hooks, machine, event, true, HookCommand.TIMEOUT_SECONDS);
        }
        for (String event : WATCHING) {
            hook(
                    hooks,
                    machine,
                    event,
                    false,
                    event.equals("SessionEnd") ? SESSION_END_SECONDS : HookCommand.TIMEOUT_SECONDS);
        }
    }

    private void hook(ObjectNode hooks, Surroundings machine, String event, boolean blocking, int seconds) {
        ObjectNode handler = JSON.objectNode().put("type", "command");
        if (machine.windows()) {
            String command = HookCommand.onWindows(machine, agent(), event, blocking, '\\');
            handler.put("command", command).put("commandWindows", command);
        } else {
            handler.put(
                    "command",
                    blocking
                            ? HookCommand.blocking(machine, agent(), event)
                            : HookCommand.plain(machine, agent(), event));
        }
        handler.put("timeout", seconds);
        hooks.putArray(event).addObject().putArray("hooks").add(handler);
    }

    /** Whole exporters: what a layer names replaces the user's. Metrics would otherwise go to the vendor. */
    private static void telemetry(ObjectNode root, ResolvedPolicy policy, Surroundings machine) {
        String address = machine.otlpHttp();
        if (address == null) {
            return;
        }
        ObjectNode otel = root.putObject("otel");
        otel.put("log_user_prompt", policy.telemetry().arguments() != ArgumentCapture.NONE);
        exporter(otel, "exporter", address + "/v1/logs");
        exporter(otel, "trace_exporter", address + "/v1/traces");
        exporter(otel, "metrics_exporter", address + "/v1/metrics");
    }

    private static void exporter(ObjectNode otel, String name, String endpoint) {
        otel.putObject(name).putObject("otlp-http").put("endpoint", endpoint).put("protocol", "binary");
    }

    /** The stricter rule holds: what Cordon wants asked for is asked for by Codex, whose hooks cannot. */
    private static String rules(Surroundings machine) {
        return prefixRule(RunPrefix.words(machine.cordon(), false), "allow", "Cordon confines what it runs")
                + prefixRule(RunPrefix.words(machine.cordon(), true), "prompt", "The policy wants you to be asked");
    }

    private static String prefixRule(List<String> words, String decision, String why) {
        String pattern = words.stream().map(CodexSettings::starlark).collect(Collectors.joining(", "));
        return "prefix_rule(\n    pattern = [" + pattern + "],\n    decision = \"" + decision + "\",\n"
                + "    justification = \"" + why + "\",\n)\n";
    }

    private static String starlark(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private static String header(ResolvedPolicy policy) {
        return "# Written by Cordon from the policy " + policy.name() + " v" + policy.revision()
                + ". Changes are put back.\n";
    }

    private static String text(ObjectNode root) {
        try {
            return TOML.writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("settings are no TOML: " + e.getMessage(), e);
        }
    }

    private static String folder(Surroundings machine) {
        return machine.windows() ? "C:\\ProgramData\\OpenAI\\Codex\\" : "/etc/codex/";
    }

    private static String rulesFile(Surroundings machine) {
        return folder(machine) + (machine.windows() ? "rules\\cordon.rules" : "rules/cordon.rules");
    }

    private static String parent(String path, boolean windows) {
        return path.substring(0, path.lastIndexOf(windows ? '\\' : '/'));
    }
}
