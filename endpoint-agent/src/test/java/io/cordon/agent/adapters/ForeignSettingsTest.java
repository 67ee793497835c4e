package io.cordon.agent.adapters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.adapters.claudecode.ClaudeCodeForeign;
import io.cordon.agent.adapters.codex.CodexForeign;
import io.cordon.agent.adapters.copilot.CopilotForeign;
import io.cordon.agent.adapters.gemini.GeminiForeign;
import io.cordon.agent.adapters.settings.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForeignSettingsTest {
    @TempDir
    Path root;

    @Test
    void codexLayersOfOthersAreNamed() throws IOException {
        CodexForeign codex = new CodexForeign("linux");
        assertEquals(List.of(), codex.found(new Place(root)));
        Path folder = Files.createDirectories(root.resolve("etc/codex/rules")).getParent();
        Files.writeString(folder.resolve("rules/cordon.rules"), "");
        assertEquals(List.of(), codex.found(new Place(root)));
        Files.writeString(folder.resolve("rules/own.rules"), "");
        Files.writeString(folder.resolve("managed_config.toml"), "");
        List<String> found = codex.found(new Place(root));
        assertEquals(2, found.size());
        assertTrue(found.get(0).startsWith(folder.resolve("managed_config.toml").toString()));
        assertTrue(found.get(1).startsWith(folder.resolve("rules/own.rules").toString()));
    }

    @Test
    void claudeCodeSettingsOfOthersAreNamed() throws IOException {
        ClaudeCodeForeign quiet = new ClaudeCodeForeign("linux", key -> false);
        assertEquals(1, quiet.found(new Place(root)).size(), "what cannot be seen from here");
        Path folder = Files.createDirectories(root.resolve("etc/claude-code/managed-settings.d"))
                .getParent();
        Files.writeString(folder.resolve("managed-settings.d/50-x.json"), "{}");
        Files.writeString(folder.resolve("managed-settings.d/readme.txt"), "");
        Files.writeString(folder.resolve("managed-mcp.json"), "{}");
        List<String> found = quiet.found(new Place(root));
        assertEquals(3, found.size());
        assertTrue(found.get(1).contains("50-x.json"));
        assertTrue(found.get(2).contains("managed-mcp.json"));
    }

    @Test
    void theRegistryIsAskedAndItsSilenceReported() {
        List<String> asked = new java.util.ArrayList<>();
        ClaudeCodeForeign there = new ClaudeCodeForeign("linux", key -> asked.add(key));
        assertTrue(there.found(new Place(root)).get(1).startsWith("HKLM\\SOFTWARE\\Policies\\ClaudeCode is there"));
        assertEquals(List.of("SOFTWARE\\Policies\\ClaudeCode"), asked);
        ClaudeCodeForeign broken = new ClaudeCodeForeign("linux", key -> {
            throw new IOException("access denied");
        });
        assertTrue(broken.found(new Place(root)).get(1).contains("cannot be read: access denied"));
    }

    @Test
    void geminiRulesOfOthersAndVariablesOfTheMachineAreNamed() throws IOException {
        GeminiForeign gemini = new GeminiForeign("linux");
        assertEquals(List.of(), gemini.found(new Place(root)));
        Path policies = Files.createDirectories(root.resolve("etc/gemini-cli/policies"));
        Files.writeString(policies.resolve("cordon.toml"), "");
        Files.writeString(
                root.resolve("etc/environment"),
                "# GEMINI_CLI_SYSTEM_SETTINGS_PATH=/x\nPATH=/bin\n"
                        + "GEMINI_CLI_SYSTEM_SETTINGS_PATH=\"/etc/gemini-cli/settings.json\"\n");
        assertEquals(List.of(), gemini.found(new Place(root)));
        Files.writeString(policies.resolve("zz.toml"), "");
        Files.writeString(root.resolve("etc/environment"), "GEMINI_CLI_SYSTEM_SETTINGS_PATH=\"/x\"\n");
        Path profiles = Files.createDirectories(root.resolve("etc/profile.d"));
        Files.writeString(profiles.resolve("ai.sh"), "  export GEMINI_TELEMETRY_ENABLED=false\n");
        Files.writeString(profiles.resolve("ai.csh"), "GEMINI_TELEMETRY_ENABLED=false\n");
        List<String> found = gemini.found(new Place(root));
        assertEquals(3, found.size(), found.toString());
        assertTrue(found.get(0).startsWith(policies.resolve("zz.toml") + " is not Cordon's"));
        assertTrue(found.get(1).startsWith(root.resolve("etc/environment") + " sets GEMINI_CLI_SYSTEM_SETTINGS_PATH"));
        assertTrue(found.get(2).startsWith(profiles.resolve("ai.sh") + " sets GEMINI_TELEMETRY_ENABLED"));
    }

    @Test
    void copilotPolicyHooksOfOthersAreNamed() throws IOException {
        CopilotForeign copilot = new CopilotForeign("linux");
        assertEquals(1, copilot.found(new Place(root)).size(), "what cannot be seen from here");
        Path hooks = Files.createDirectories(root.resolve("etc/github-copilot/policy.d"));
        Files.writeString(hooks.resolve("cordon.json"), "{}");
        Files.writeString(hooks.resolve("a.json"), "{}");
        List<String> found = copilot.found(new Place(root));
        assertEquals(2, found.size());
        assertTrue(found.get(1).startsWith(hooks.resolve("a.json") + " is not Cordon's"));
    }

    @Test
    void aFolderFullOfThemIsNamedWithinABound() throws IOException {
        Path hooks = Files.createDirectories(root.resolve("etc/github-copilot/policy.d"));
        for (int i = 0; i < 100; i++) {
            Files.writeString(hooks.resolve(i + ".json"), "{}");
        }
        assertEquals(33, new CopilotForeign("linux").found(new Place(root)).size());
    }
}
