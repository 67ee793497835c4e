package io.cordon.agent.adapters.gemini;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordon.agent.adapters.CodingAgent;
import io.cordon.agent.adapters.RedirectingVariables;
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
 * The system settings of Gemini CLI and, while the policy enforces, the rules of its policy engine. In audit, it is observed and
 * asked for nothing.
 */
public final class GeminiSettings implements SettingsRenderer {

    @Override
    public CodingAgent agent() {
        return CodingAgent.GEMINI;
    }

    @Override
    public Rendered render(ResolvedPolicy policy, Surroundings surroundings) {
        AgentRules rules = rulesIn(policy);
        boolean enforced = policy.mode() == Mode.ENFORCE;
        String folder = RedirectingVariables.geminiFolder(surroundings.os());
        List<String> limits = new ArrayList<>();
        List<File> files = new ArrayList<>();
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        if (enforced) {
            GeminiMcp mcp = GeminiMcp.of(rules.mcpServers());
            modes(settings, policy, rules);
            mcp.write(settings);
            String policies = folder + "policies" + folder.charAt(folder.length() - 1) + "cordon.toml";
            files.add(new File(policies, GeminiRules.text(policy, rules, mcp, surroundings)));
            GeminiLimits.of(policy, rules, surroundings, limits);
            limits.addAll(mcp.limits());
        }
        RedirectingVariables.ofGemini().forEach(settings.withObject("/advanced").withArray("excludedEnvVars")::add);
        GeminiHooks.write(settings, surroundings, enforced);
        telemetry(settings, policy, surroundings, limits);
        files.add(new File(folder + "settings.json", SettingsText.json(settings)));
        return new Rendered(files, limits);
    }

    private static void modes(ObjectNode settings, ResolvedPolicy policy, AgentRules rules) {
        boolean always = rules.approvals() == Approvals.ALWAYS;
        ObjectNode general = settings.putObject("general");
        general.put("defaultApprovalMode", always ? "default" : "auto_edit");
        if (policy.network().mode() == NetworkMode.OFFLINE) {
            general.put("enableAutoUpdate", false).put("enableAutoUpdateNotification", false);
        }
        ObjectNode security = settings.putObject("security");
        if (rules.fullAccess() == Decision.DENY) {
            security.put("disableYoloMode", true);
        }
        if (always) {
            security.put("disableAlwaysAllow", true).put("enablePermanentToolApproval", false);
        }
        // What a project brings (settings, hooks, a .env) counts only in a folder that the user has trusted.
        security.putObject("folderTrust").put("enabled", true);
    }

    private static void telemetry(
            ObjectNode settings, ResolvedPolicy policy, Surroundings surroundings, List<String> limits) {
        if (policy.telemetry().agentEvents() == AgentEvents.OFF) {
            return;
        }
        if (surroundings.otlpHttp() == null) {
            limits.add("Gemini CLI is not pointed at Cordon's telemetry gateway: it does not listen.");
            return;
        }
        settings.putObject("telemetry")
                .put("enabled", true)
                .put("target", "local")
                .put("otlpEndpoint", surroundings.otlpHttp())
                .put("otlpProtocol", "http")
                .put("outfile", "")
                .put("useCollector", false)
                // What the policy has redacted or hashed is treated in the gateway, which needs it for that.
                .put("logPrompts", policy.telemetry().arguments() != ArgumentCapture.NONE);
        limits.add(
                "Gemini CLI cannot enforce where its telemetry goes: variables (OTEL_EXPORTER_OTLP_ENDPOINT, GEMINI_TELEMETRY_*)"
                        + " go before its system settings; cordon run takes the latter away, and Cordon's own records do not depend on it.");
    }
}
