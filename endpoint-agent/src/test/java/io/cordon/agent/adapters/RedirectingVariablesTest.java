package io.cordon.agent.adapters;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cordon.agent.os.FileView;
import io.cordon.agent.os.Mount;
import io.cordon.policy.model.Agents;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RedirectingVariablesTest {
    private static final Map<String, String> GIVEN = Map.of(
            "GEMINI_CLI_SYSTEM_SETTINGS_PATH", "/tmp/mine.json",
            "GEMINI_TELEMETRY_ENABLED", "false",
            "CLAUDE_CODE_REMOTE_SETTINGS_PATH", "/tmp/mine.json",
            "COPILOT_TEST_MANAGED_SETTINGS_FILE_PATH", "/tmp/mine.json",
            "CODEX_HOME", "/home/ada/codex",
            "CLAUDE_CONFIG_DIR", "/home/ada/claude");

    private static Map<String, String> fixed(String agents, String os) {
        Agents policy = AgentPolicies.agents(agents).agents();
        Map<String, String> environment = new TreeMap<>(GIVEN);
        RedirectingVariables.fix(environment, policy, os);
        return environment;
    }

    @Test
    void whatIsNotManagedIsLeftAsItIs() {
        assertEquals(new TreeMap<>(GIVEN), fixed("{}", "linux"));
    }

    @Test
    void whatIsManagedCannotBeRedirected() {
        assertEquals(
                Map.of(
                        "GEMINI_CLI_SYSTEM_SETTINGS_PATH", "/etc/gemini-cli/settings.json",
                        "CODEX_HOME", "/home/ada/codex",
                        "CLAUDE_CONFIG_DIR", "/home/ada/claude"),
                fixed("{gemini: {}, claudeCode: {}, copilot: {}, codex: {}}", "linux"));
    }

    @Test
    void eachAgentTakesOnlyItsOwn() {
        Map<String, String> expected = new TreeMap<>(GIVEN);
        expected.remove("COPILOT_TEST_MANAGED_SETTINGS_FILE_PATH");
        assertEquals(expected, fixed("{copilot: {}}", "linux"));
    }

    @Test
    void aProjectCannotSetWhatIsNotSet() {
        Map<String, String> environment = new TreeMap<>();
        RedirectingVariables.fix(
                environment, AgentPolicies.agents("{gemini: {}}").agents(), "windows");
        assertEquals(
                Map.of("GEMINI_CLI_SYSTEM_SETTINGS_PATH", "C:\\ProgramData\\gemini-cli\\settings.json"), environment);
    }

    @Test
    void insideGeminiIsLedToWhatIsSeenAsRoots() {
        assertEquals(Map.of(), led());
        assertEquals(Map.of(), led(Mount.of(Mount.Kind.ROOT_SETTINGS, "/etc/github-copilot")));
        assertEquals(Map.of(), led(Mount.of(Mount.Kind.TMPFS, "/etc/gemini-cli")));
        assertEquals(
                Map.of("GEMINI_CLI_SYSTEM_SETTINGS_PATH", "/.cordon/etc/gemini-cli/settings.json"),
                led(Mount.of(Mount.Kind.ROOT_SETTINGS, "/etc/gemini-cli")));
    }

    private static Map<String, String> led(Mount... mounts) {
        Map<String, String> environment = new TreeMap<>();
        RedirectingVariables.lead(environment, new FileView.Mounts(List.of(mounts), List.of()));
        return environment;
    }
}
