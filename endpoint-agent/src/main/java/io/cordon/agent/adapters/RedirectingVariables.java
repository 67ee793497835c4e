package io.cordon.agent.adapters;

import io.cordon.agent.os.FileView;
import io.cordon.agent.os.Mount;
import io.cordon.policy.model.Agents;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Variables by which a user, or a project's {@code .env}, could have a coding agent read other managed settings than those that
 * Cordon keeps. Variables that only move the user's own files ({@code CODEX_HOME}, {@code CLAUDE_CONFIG_DIR}, {@code
 * COPILOT_HOME}, {@code GEMINI_CLI_HOME}) are none of them. Read from Codex 0.169.0 (which has none), Claude Code 2.1.197, Gemini
 * CLI 0.61.0 and Copilot CLI 1.0.102; the variables of Claude Code and Copilot CLI did nothing when they were tried, and are
 * withheld because that may change.
 */
public final class RedirectingVariables {
    private static final String GEMINI_SETTINGS = "GEMINI_CLI_SYSTEM_SETTINGS_PATH";

    private static final Map<CodingAgent, Set<String>> WITHHELD = Map.of(
            CodingAgent.CLAUDE_CODE,
                    Set.of(
                            "CLAUDE_CODE_MANAGED_SETTINGS_PATH",
                            "CLAUDE_CODE_REMOTE_SETTINGS_PATH",
                            "CLAUDE_CODE_MOCK_REMOTE_SETTINGS"),
            CodingAgent.GEMINI,
                    Set.of(
                            "GEMINI_CLI_SYSTEM_DEFAULTS_PATH",
                            "GEMINI_TELEMETRY_ENABLED",
                            "GEMINI_TELEMETRY_LOG_PROMPTS",
                            "GEMINI_TELEMETRY_OTLP_ENDPOINT",
                            "GEMINI_TELEMETRY_OTLP_PROTOCOL",
                            "GEMINI_TELEMETRY_OUTFILE",
                            "GEMINI_TELEMETRY_TARGET",
                            "GEMINI_TELEMETRY_TRACES_ENABLED",
                            "GEMINI_TELEMETRY_USE_CLI_AUTH",
                            "GEMINI_TELEMETRY_USE_COLLECTOR"),
            CodingAgent.COPILOT, Set.of("COPILOT_TEST_MANAGED_SETTINGS_FILE_PATH", "COPILOT_MANAGED_SETTINGS_CACHE"));

    private RedirectingVariables() {}

    /**
     * Fixes the environment of a process for the agents whose settings the policy manages: what would redirect them goes, and what
     * Gemini CLI takes from a {@code .env} as long as it is not set is set to the documented place.
     *
     * @param environment of the process, changed in place
     * @param os linux or windows
     */
    public static void fix(Map<String, String> environment, Agents agents, String os) {
        for (CodingAgent agent : CodingAgent.values()) {
            if (agents.rules(agent.policyKey()).isPresent()) {
                WITHHELD.getOrDefault(agent, Set.of()).forEach(environment::remove);
            }
        }
        if (agents.rules(CodingAgent.GEMINI.policyKey()).isPresent()) {
            environment.put(GEMINI_SETTINGS, geminiFolder(os) + "settings.json");
        }
    }

    /**
     * Leads Gemini CLI to its settings within a sandbox that shows them as root's: it takes them only from a place where every
     * folder on the way is root's.
     */
    public static void lead(Map<String, String> environment, FileView view) {
        String folder = geminiFolder("linux");
        if (view.showsAsRoots(folder.substring(0, folder.length() - 1))) {
            environment.put(GEMINI_SETTINGS, Mount.ROOTS + folder + "settings.json");
        }
    }

    /** The folder of Gemini CLI's system settings, with a separator at its end. */
    public static String geminiFolder(String os) {
        return os.equals("windows") ? "C:\\ProgramData\\gemini-cli\\" : "/etc/gemini-cli/";
    }

    /** The variables of Gemini CLI that a project's {@code .env} must not set, sorted. */
    public static List<String> ofGemini() {
        return Stream.concat(WITHHELD.getOrDefault(CodingAgent.GEMINI, Set.of()).stream(), Stream.of(GEMINI_SETTINGS))
                .sorted()
                .toList();
    }
}
