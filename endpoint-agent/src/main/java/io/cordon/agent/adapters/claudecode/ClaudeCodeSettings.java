package io.cordon.agent.adapters.claudecode;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordon.agent.adapters.CodingAgent;
import io.cordon.agent.adapters.HookCommand;
import io.cordon.agent.adapters.SettingsRenderer;
import io.cordon.agent.adapters.SettingsText;
import io.cordon.agent.adapters.Surroundings;
import io.cordon.policy.model.Agents;
import io.cordon.policy.model.ArgumentCapture;
import io.cordon.policy.model.Decision;
import io.cordon.policy.model.Mode;
import io.cordon.policy.resolve.ResolvedPolicy;
import java.util.ArrayList;
import java.util.List;

/**
 * Claude Code 2.1.332: {@code managed-settings.json}. Deny rules beat ask rules, and those beat whatever a hook allows. Its own
 * sandbox is off: within it Cordon could not be reached, and Cordon's confines every command.
 */
public final class ClaudeCodeSettings implements SettingsRenderer {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> BLOCKING = List.of("UserPromptSubmit", "PreToolUse", "PermissionRequest");
    private static final List<String> WATCHING = List.of("SessionStart", "PostToolUse", "Stop", "SessionEnd");
    private static final List<String> SIGNALS = List.of("METRICS", "LOGS", "TRACES");
    private static final List<String> CONTENT = List.of(
            "OTEL_LOG_USER_PROMPTS", "OTEL_LOG_ASSISTANT_RESPONSES", "OTEL_LOG_TOOL_DETAILS", "OTEL_LOG_TOOL_CONTENT");

    @Override
    public CodingAgent agent() {
        return CodingAgent.CLAUDE_CODE;
    }

    @Override
    public Rendered render(ResolvedPolicy policy, Surroundings surroundings) {
        Agents.AgentRules rules = rulesIn(policy);
        List<String> limits = new ArrayList<>();
        ObjectNode root = JSON.objectNode();
        // In audit, decisions are recorded and do not hold: nothing is forbidden, everything is watched.
        if (policy.mode() == Mode.ENFORCE) {
            ClaudePermissions.put(root, policy, rules, surroundings, limits);
            locks(root, rules);
            servers(root, rules, limits);
            version(root, rules, limits);
            others(policy, rules, limits);
        }
        root.putObject("sandbox").put("enabled", false);
        hooks(root, surroundings);
        telemetry(root, policy, surroundings);
        String path = surroundings.windows()
                ? "C:\\Program Files\\ClaudeCode\\managed-settings.json"
                : "/etc/claude-code/managed-settings.json";
        return new Rendered(List.of(new File(path, SettingsText.json(root))), limits);
    }

    private static void locks(ObjectNode root, Agents.AgentRules rules) {
        if (rules.fullAccess() == Decision.DENY) {
            root.put("disableAutoMode", "disable");
            // A developer's own allow rule is a way to be asked nothing.
            root.put("allowManagedPermissionRulesOnly", true);
        }
        if (rules.managedHooksOnly()) {
            root.put("allowManagedHooksOnly", true);
        }
    }

    private static void servers(ObjectNode root, Agents.AgentRules rules, List<String> limits) {
        if (rules.mcpServers().isEmpty()) {
            return;
        }
        root.put("allowManagedMcpServersOnly", true);
        var allowed = root.putArray("allowedMcpServers");
        boolean commands = rules.mcpServers().get().stream()
                .anyMatch(each -> !each.command().isEmpty());
        boolean addresses =
                rules.mcpServers().get().stream().anyMatch(each -> each.url().isPresent());
        for (Agents.McpServer server : rules.mcpServers().get()) {
            if (!server.command().isEmpty()) {
                server.command().forEach(allowed.addObject().putArray("serverCommand")::add);
            } else if (server.url().isEmpty()) {
                allowed.addObject().put("serverName", server.name());
                if (commands || addresses) {
                    limits.add("Claude Code compares the MCP server " + server.name()
                            + " by name only where no other is given by "
                            + (commands && addresses ? "command or url" : commands ? "command" : "url")
                            + "; it refuses it as one of that kind");
                }
            } else if (server.url().get().contains("*")) {
                limits.add("Claude Code would read the * in the url of the MCP server " + server.name()
                        + " as any characters, so it refuses it");
            } else {
                allowed.addObject().put("serverUrl", server.url().get());
            }
        }
        if (commands || addresses) {
            limits.add("Claude Code compares an MCP server's command or url, and not the name it goes by");
        }
    }

    private static void version(ObjectNode root, Agents.AgentRules rules, List<String> limits) {
        rules.minVersion().ifPresent(version -> {
            int numbers = version.split("\\.", -1).length;
            if (numbers > 3) {
                limits.add("Claude Code compares three numbers of its version, and not the fourth of " + version);
            }
            root.put(
                    "requiredMinimumVersion",
                    switch (numbers) {
                        case 1 -> version + ".0.0";
                        case 2 -> version + ".0";
                        case 3 -> version;
                        default -> version.substring(0, version.lastIndexOf('.'));
                    });
        });
    }

    private static void others(ResolvedPolicy policy, Agents.AgentRules rules, List<String> limits) {
        if (rules.use() == Decision.DENY) {
            limits.add("Claude Code cannot be told not to run; Cordon refuses its commands and prompts");
        }
        limits.add("Claude Code has no setting for limits and environment of commands; Cordon's sandbox holds them");
        if (policy.commands().defaultDecision() != Decision.ALLOW) {
            limits.add("Claude Code cannot be told to "
                    + (policy.commands().defaultDecision() == Decision.DENY ? "refuse" : "ask before")
                    + " commands that no rule names; Cordon decides them");
        }
    }

    private void hooks(ObjectNode root, Surroundings machine) {
        ObjectNode hooks = root.putObject("hooks");
        BLOCKING.forEach(event -> hook(hooks, machine, event, true));
        WATCHING.forEach(event -> hook(hooks, machine, event, false));
    }

    private void hook(ObjectNode hooks, Surroundings machine, String event, boolean blocking) {
        String command;
        if (machine.windows()) {
            command = HookCommand.onWindows(machine, agent(), event, blocking, '/');
        } else {
            command = blocking
                    ? HookCommand.blocking(machine, agent(), event)
                    : HookCommand.plain(machine, agent(), event);
        }
        ObjectNode handler = hooks.putArray(event).addObject().putArray("hooks").addObject();
        handler.put("type", "command").put("command", command).put("timeout", HookCommand.TIMEOUT_SECONDS);
        if (blocking) {
            // Known since 2.1.295; what is older has the shell's refusal alone.
            handler.put("onFailure", "block");
        }
    }

    /** Addresses of every signal, since a developer's variable for one of them would win over the common one. */
    private static void telemetry(ObjectNode root, ResolvedPolicy policy, Surroundings machine) {
        String address = machine.otlpHttp();
        if (address == null) {
            return;
        }
        ObjectNode env = root.putObject("env");
        env.put("CLAUDE_CODE_ENABLE_TELEMETRY", "1").put("CLAUDE_CODE_ENHANCED_TELEMETRY_BETA", "1");
        for (String signal : SIGNALS) {
            env.put("OTEL_" + signal + "_EXPORTER", "otlp");
            env.put("OTEL_EXPORTER_OTLP_" + signal + "_PROTOCOL", "http/protobuf");
            env.put(
                    "OTEL_EXPORTER_OTLP_" + signal + "_ENDPOINT",
                    address + "/v1/" + signal.toLowerCase(java.util.Locale.ROOT));
        }
        env.put("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf").put("OTEL_EXPORTER_OTLP_ENDPOINT", address);
        String content = policy.telemetry().arguments() == ArgumentCapture.NONE ? "0" : "1";
        CONTENT.forEach(gate -> env.put(gate, content));
        env.put("OTEL_LOG_RAW_API_BODIES", "0");
    }
}
