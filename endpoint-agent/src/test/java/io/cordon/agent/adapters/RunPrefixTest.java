package io.cordon.agent.adapters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import io.cordon.agent.adapters.claudecode.ClaudeCodeSettings;
import io.cordon.agent.adapters.codex.CodexSettings;
import io.cordon.agent.adapters.copilot.CopilotSettings;
import io.cordon.agent.adapters.gemini.GeminiSettings;
import io.cordon.agent.adapters.hook.HookCall;
import io.cordon.agent.adapters.hook.HookEvent;
import io.cordon.agent.adapters.hook.Rewritten;
import io.cordon.agent.adapters.hook.ToolUse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the hook writes in place of a command is what every agent's rules let run, and what they have asked about. */
class RunPrefixTest {
    private static final Pattern PATTERN = Pattern.compile("pattern = (\\[.*]),\n    decision = \"(\\w+)\"");

    private static Rewritten rewritten(Surroundings machine, boolean asked) {
        ObjectNode input = JsonNodeFactory.instance.objectNode().put("command", "ls");
        ToolUse.Command command = new ToolUse.Command(
                "shell",
                "ls",
                List.of("bash", "-c", "ls"),
                machine.windows() ? ToolUse.Dialect.POWERSHELL : ToolUse.Dialect.POSIX);
        HookCall call = new HookCall(
                CodingAgent.GEMINI,
                HookEvent.BEFORE_TOOL,
                "BeforeTool",
                "s",
                null,
                "t",
                command,
                input,
                null,
                null,
                "/",
                true);
        return Rewritten.of(machine.cordon(), call, command, "t", asked).orElseThrow();
    }

    private static String file(SettingsRenderer renderer, String agents, Surroundings machine, String name) {
        return renderer.render(AgentPolicies.agents(agents), machine).files().stream()
                .filter(file -> file.path().endsWith(name))
                .findFirst()
                .orElseThrow()
                .content();
    }

    /** The beginnings of lines that a Gemini CLI rule with this decision over the shell knows. */
    private static List<String> gemini(Surroundings machine, String decision) throws IOException {
        JsonNode rules = new TomlMapper().readTree(file(new GeminiSettings(), "{gemini: {}}", machine, "cordon.toml"));
        List<String> found = new ArrayList<>();
        for (JsonNode rule : rules.path("rule")) {
            if (rule.path("decision").asText().equals(decision) && rule.has("commandPrefix")) {
                found.add(rule.path("commandPrefix").asText());
            }
        }
        return found;
    }

    /** The beginnings of lines that a permission rule such as {@code Shell(LINE *)} knows. */
    private static List<String> permissions(String settings, String tool, String key) throws IOException {
        List<String> found = new ArrayList<>();
        for (JsonNode rule :
                new ObjectMapper().readTree(settings).path("permissions").path(key)) {
            String text = rule.asText();
            if (text.startsWith(tool + "(") && text.endsWith(" *)")) {
                found.add(text.substring(tool.length() + 1, text.length() - 3));
            }
        }
        return found;
    }

    private static List<String> copilot(Surroundings machine, String key) throws IOException {
        String settings = file(new CopilotSettings(), "{copilot: {}}", machine, "managed-settings.json");
        return permissions(settings, "Shell", key);
    }

    private static void begins(List<String> rules, Rewritten with) {
        assertEquals(
                1,
                rules.stream()
                        .filter(rule -> with.text().startsWith(rule + " "))
                        .count(),
                rules + ": " + with.text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/usr/bin/cordon",
                "/opt/my tools/cordon",
                "/opt/it's here/cordon",
                "/opt/a \"b\"/cordon",
                "/opt/cordon@1.2+3:4%5,6/cordon",
                "/opt/c\u00f6rdon/$HOME/cordon",
                "C:\\Program Files\\Cordon\\bin\\cordon.exe",
                "C:\\it's\\\u2018so\u2019\\cordon.exe"
            })
    void rulesKnowWhatTheHookWrites(String cordon) throws IOException {
        Surroundings machine = new Surroundings(cordon.startsWith("/") ? "linux" : "windows", cordon, null, null);
        Rewritten confined = rewritten(machine, false);
        Rewritten asked = rewritten(machine, true);
        assertTrue(confined.text().startsWith(RunPrefix.confined(machine) + " "), confined.text());
        assertTrue(asked.text().startsWith(RunPrefix.asked(machine) + " "), asked.text());
        begins(gemini(machine, "allow"), confined);
        begins(gemini(machine, "ask_user"), asked);
        begins(copilot(machine, "allow"), confined);
        begins(copilot(machine, "ask"), asked);

        String rules = file(new CodexSettings(), "{codex: {}}", machine, "cordon.rules");
        assertEquals(List.of(RunPrefix.words(cordon, false)), codex(rules, "allow"));
        assertEquals(List.of(RunPrefix.words(cordon, true)), codex(rules, "prompt"));

        List<String> claude = permissions(
                file(new ClaudeCodeSettings(), "{claudeCode: {}}", machine, "managed-settings.json"), "Bash", "allow");
        if (cordon.equals("/usr/bin/cordon")) {
            begins(claude, confined);
        } else {
            assertEquals(List.of(), claude, "a quoted path is asked about");
        }
    }

    /** The words of the rules with this decision; their strings are written as in JSON. */
    private static List<List<String>> codex(String rules, String decision) throws IOException {
        List<List<String>> found = new ArrayList<>();
        Matcher rule = PATTERN.matcher(rules);
        while (rule.find()) {
            if (rule.group(2).equals(decision)) {
                List<String> words = new ArrayList<>();
                new ObjectMapper().readTree(rule.group(1)).forEach(word -> words.add(word.asText()));
                found.add(words);
            }
        }
        return found;
    }

    @Test
    void anotherProgramIsNotMeant() throws IOException {
        Rewritten other = rewritten(new Surroundings("linux", "/usr/bin/cordon2", null, null), false);
        for (List<String> rules :
                List.of(gemini(AgentPolicies.LINUX, "allow"), copilot(AgentPolicies.LINUX, "allow"))) {
            assertFalse(rules.isEmpty());
            assertTrue(rules.stream().noneMatch(rule -> other.text().startsWith(rule + " ")), rules.toString());
        }
    }
}
