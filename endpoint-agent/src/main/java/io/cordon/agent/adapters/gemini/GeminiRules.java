package io.cordon.agent.adapters.gemini;

import io.cordon.agent.adapters.CommandPrefixes;
import io.cordon.agent.adapters.RunPrefix;
import io.cordon.agent.adapters.Surroundings;
import io.cordon.policy.model.Agents.AgentRules;
import io.cordon.policy.model.Agents.Approvals;
import io.cordon.policy.model.Agents.McpServer;
import io.cordon.policy.model.Decision;
import io.cordon.policy.model.NetworkMode;
import io.cordon.policy.resolve.ResolvedPolicy;
import java.util.List;

/**
 * The administrator's policy file, in TOML. The rule with the highest priority that matches decides; without a person to ask, to
 * ask is to refuse. Hooks have run before, so that a command which Cordon's hook put into {@code cordon run} is judged as such.
 */
final class GeminiRules {
    private static final int NOTHING = 999;
    private static final int DENIED = 900;
    private static final int ASKED = 800;
    private static final int SERVER = 700;
    private static final int OTHER_SERVERS = 600;
    private static final int CONFINED = 500;
    private static final int SHELL = 100;

    private static final String SHELL_TOOL = "run_shell_command";
    private static final List<String> CHANGING =
            List.of(SHELL_TOOL, "write_file", "replace", "activate_skill", "web_fetch");

    private GeminiRules() {}

    static String text(ResolvedPolicy policy, AgentRules rules, GeminiMcp mcp, Surroundings surroundings) {
        GeminiToml toml = new GeminiToml();
        if (rules.use() == Decision.DENY) {
            toml.rule("toolName", "*").decision("deny", NOTHING, "Your organization does not allow Gemini CLI.");
            return toml.toString();
        }
        boolean always = rules.approvals() == Approvals.ALWAYS;
        String server = always ? "ask_user" : "allow";
        if (policy.network().mode() == NetworkMode.OFFLINE) {
            toml.rule("toolName", List.of("google_web_search", "web_fetch"))
                    .decision("deny", DENIED, "Your organization's policy is offline.");
        }
        for (CommandPrefixes.Prefix prefix :
                CommandPrefixes.of(policy.commands()).prefixes()) {
            toml.rule("toolName", SHELL_TOOL).and("commandPrefix", prefix.line());
            if (prefix.decision() == Decision.DENY) {
                toml.decision("deny", DENIED, prefix.reason() + " (" + prefix.rule() + ")");
            } else {
                toml.decision("ask_user", ASKED, "");
            }
        }
        mcp.servers().ifPresent(allowed -> {
            for (McpServer one : allowed) {
                toml.rule("toolName", "*").and("mcpName", one.name()).decision(server, SERVER, "");
            }
            toml.rule("toolName", "*")
                    .and("mcpName", "*")
                    .decision("deny", OTHER_SERVERS, "Your organization has not allowed this MCP server.");
        });
        if (always) {
            toml.rule("toolName", CHANGING).decision("ask_user", CONFINED, "");
            if (mcp.servers().isEmpty()) {
                toml.rule("toolName", "*").and("mcpName", "*").decision("ask_user", CONFINED, "");
            }
        } else {
            toml.rule("toolName", SHELL_TOOL)
                    .and("commandPrefix", RunPrefix.asked(surroundings))
                    .decision("ask_user", ASKED, "");
            toml.rule("toolName", SHELL_TOOL)
                    .and("commandPrefix", RunPrefix.confined(surroundings))
                    .decision("allow", CONFINED, "");
            if (rules.fullAccess() == Decision.DENY) {
                // Else --allowed-tools or a policy of the user's could let every command run unasked and unconfined.
                toml.rule("toolName", SHELL_TOOL).decision("ask_user", SHELL, "");
            }
        }
        return toml.toString();
    }
}
