package io.cordon.agent.adapters.copilot;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordon.agent.adapters.CodingAgent;
import io.cordon.agent.adapters.SettingsRenderer;
import io.cordon.agent.adapters.SettingsText;
import io.cordon.agent.adapters.Surroundings;
import io.cordon.policy.model.AgentEvents;
import io.cordon.policy.model.Agents.AgentRules;
import io.cordon.policy.model.Agents.Approvals;
import io.cordon.policy.model.ArgumentCapture;
import io.cordon.policy.model.Decision;
import io.cordon.policy.model.Mode;
import io.cordon.policy.model.NetworkMode;
import io.cordon.policy.resolve.ResolvedPolicy;
import java.util.ArrayList;
import java.util.List;

/**
 * The managed settings of Copilot CLI and its policy hooks, which the user cannot switch off. In audit, it is observed and asked for
 * nothing.
 */
public final class CopilotSettings implements SettingsRenderer {
    static final String HOOKS = "cordon.json";

    /** Where Copilot CLI looks for policy hooks, with a separator at its end. */
    static String hooksFolder(String os) {
        return os.equals("windows") ? "C:\\ProgramData\\GitHub\\Copilot\\policy.d\\" : "/etc/github-copilot/policy.d/";
    }

    @Override
    public CodingAgent agent() {
        return CodingAgent.COPILOT;
    }

    @Override
    public Rendered render(ResolvedPolicy policy, Surroundings surroundings) {
        AgentRules rules = rulesIn(policy);
        boolean enforced = policy.mode() == Mode.ENFORCE;
        boolean windows = surroundings.windows();
        List<String> limits = new ArrayList<>();
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        if (enforced) {
            CopilotMcp mcp = CopilotMcp.of(rules.mcpServers());
            modes(settings, policy, rules);
            CopilotPermissions.write(settings, policy, rules, surroundings, limits);
            mcp.write(settings);
            limits.addAll(mcp.limits());
            limits(policy, rules, limits);
        }
        telemetry(settings, policy, surroundings, limits);
        return new Rendered(
                List.of(
                        new File(
                                hooksFolder(surroundings.os()) + HOOKS,
                                SettingsText.json(CopilotHooks.of(surroundings, enforced))),
                        new File(
                                windows
                                        ? "C:\\Program Files\\GitHubCopilot\\managed-settings.json"
                                        : "/etc/github-copilot/managed-settings.json",
                                SettingsText.json(settings))),
                limits);
    }

    private static void modes(ObjectNode settings, ResolvedPolicy policy, AgentRules rules) {
        ObjectNode permissions = settings.putObject("permissions");
        if (rules.fullAccess() == Decision.DENY) {
            permissions.put("disableBypassPermissionsMode", "disable");
            settings.withObject("/sandbox").put("allowBypass", false);
        }
        if (rules.approvals() == Approvals.ALWAYS) {
            // A model's opinion is not a person's.
            permissions.put("disableAssistedPermissionsMode", true).put("defaultMode", "manual");
        }
        if (rules.managedHooksOnly()) {
            settings.put("allowManagedHooksOnly", true);
        }
        if (policy.network().mode() == NetworkMode.OFFLINE) {
            settings.putObject("remoteControl").put("mode", "disabled");
            // The floor of Copilot's own sandbox, which stays off unless the user switches it on.
            settings.withObject("/sandbox/userPolicy/network").put("allowOutbound", false);
        }
    }

    private static void limits(ResolvedPolicy policy, AgentRules rules, List<String> limits) {
        rules.minVersion()
                .ifPresent(version -> limits.add("Copilot CLI cannot enforce a lowest version (" + version
                        + "): its settings have none, and an older one may not know these settings."));
        if (rules.use() == Decision.DENY) {
            limits.add(
                    "Copilot CLI cannot be kept from starting by its settings: every command, file and address is refused to it"
                            + " instead.");
            return;
        }
        limits.add(
                "Copilot CLI cannot enforce that Cordon's sandbox confines a command: its own sandbox is left to the user,"
                        + " because the two cannot be nested; Cordon's hook puts commands into cordon run.");
        limits.add("Copilot CLI cannot enforce limits of processes, memory and time, nor the environment of commands;"
                + " Cordon's sandbox does.");
        if (policy.network().mode() == NetworkMode.PROXY
                && !policy.network().loopbackPorts().isEmpty()) {
            limits.add(
                    "Copilot CLI cannot enforce loopback ports: it is told localhost and 127.0.0.1 as a whole; Cordon's sandbox does.");
        }
    }

    private static void telemetry(
            ObjectNode settings, ResolvedPolicy policy, Surroundings surroundings, List<String> limits) {
        if (policy.telemetry().agentEvents() == AgentEvents.OFF) {
            return;
        }
        if (surroundings.otlpHttp() == null) {
            limits.add("Copilot CLI is not pointed at Cordon's telemetry gateway: it does not listen.");
            return;
        }
        // What the policy has redacted or hashed is treated in the gateway, which needs it for that.
        boolean content = policy.telemetry().arguments() != ArgumentCapture.NONE;
        ObjectNode telemetry = settings.putObject("telemetry");
        telemetry.put("enabled", true).put("endpoint", surroundings.otlpHttp()).put("protocol", "http/protobuf");
        telemetry
                .putObject("capture")
                .put("identity", true)
                .put("prompts", content)
                .put("responses", content)
                .put("toolArguments", content)
                .put("toolOutput", content)
                .put("policyDetail", content);
        telemetry.put("lockCaptureContent", true);
    }
}
