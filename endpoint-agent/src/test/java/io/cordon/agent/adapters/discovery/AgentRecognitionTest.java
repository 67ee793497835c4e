package io.cordon.agent.adapters.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgentRecognitionTest {
    @ParameterizedTest
    @CsvSource({
        "/usr/lib/node_modules/@openai/codex/bin/codex.js, codex, ''",
        "/usr/lib/node_modules/@openai/codex/node_modules/@openai/codex-linux-x64/vendor/x/bin/codex, codex, ''",
        "/opt/x/node_modules/@anthropic-ai/claude-code/bin/claude.exe, claude-code, ''",
        "/home/a/.npm/_npx/1f/node_modules/@google/gemini-cli/bundle/gemini.js, gemini, ''",
        "/opt/x/node_modules/@github/copilot-linuxmusl-x64/copilot, copilot, ''",
        "/home/a/.local/share/claude/versions/2.1.332, claude-code, 2.1.332",
        "/home/a/.codex/packages/standalone/releases/0.169.0-x86_64-unknown-linux-musl/bin/codex, codex, 0.169.0",
        "/home/a/.codex/packages/standalone/releases/0.170.0-alpha.3-x86_64-unknown-linux-musl/codex, codex, 0.170.0-alpha.3",
        "/home/linuxbrew/.linuxbrew/Cellar/gemini-cli/0.61.0/libexec/gemini, gemini, 0.61.0",
        "/home/linuxbrew/.linuxbrew/Caskroom/claude-code@latest/2.1.311/claude, claude-code, 2.1.311",
        "/home/a/.vscode/extensions/openai.chatgpt-0.5.1-linux-x64/bin/linux-x86_64/codex, codex, ''",
        "/home/a/.local/share/uv/tools/aider-chat/bin/aider, aider, ''",
        "/home/a/.local/share/cursor-agent/versions/2026.10.01-abc123/cursor-agent, cursor-agent, 2026.10.01",
        "C:\\Users\\a\\AppData\\Roaming\\npm\\node_modules\\@openai\\codex\\bin\\codex.js, codex, ''",
    })
    void knowsAnAgentByWhereItLies(String path, String agent, String version) {
        AgentRecognition found = AgentRecognition.ofPath(path).orElseThrow();
        assertEquals(agent, found.agent().word());
        assertEquals(version, found.version());
        assertEquals(false, found.byNameOnly());
    }

    @ParameterizedTest
    @CsvSource({"/usr/local/bin/codex, codex", "C:\\x\\Claude.EXE, claude-code", "/srv/goose, goose"})
    void knowsAnAgentByItsName(String path, String agent) {
        AgentRecognition found = AgentRecognition.ofPath(path).orElseThrow();
        assertEquals(agent, found.agent().word());
        assertTrue(found.byNameOnly());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/usr/bin/git",
                "/usr/lib/node_modules/@google/gemini-cli/node_modules/which/bin/which.js",
                "/usr/lib/node_modules/@openai/codex-helper/x",
                "/usr/lib/node_modules/@openai",
                "/usr/lib/node_modules/",
                "/usr/bin/codexx",
                "/home/a/.local/share/claude/versions",
                "/home/a/extensions/some.thing-1.0/x",
                "/",
                "",
                "x",
            })
    void takesNothingElseForOne(String path) {
        assertEquals(Optional.empty(), AgentRecognition.ofPath(path));
    }

    @Test
    void tellsWhichPackageHasTheVersion() {
        assertEquals(
                "/usr/lib/node_modules/@openai/codex",
                AgentRecognition.ofPath("/usr/lib/node_modules/@openai/codex/bin/codex.js")
                        .orElseThrow()
                        .packageFolder());
    }

    @ParameterizedTest
    @CsvSource({
        "npx, '-y @openai/codex@0.100.0 exec', codex, 0.100.0",
        "/usr/bin/npm, 'exec --package=@google/gemini-cli -- gemini', gemini, ''",
        "bunx, '@anthropic-ai/claude-code', claude-code, ''",
        "uvx, 'aider-chat==0.86.1', aider, 0.86.1",
    })
    void seesWhatARunnerFetches(String program, String arguments, String agent, String version) {
        AgentRecognition found = ProcessRecognition.fetched(program, List.of(arguments.split(" ")))
                .orElseThrow();
        assertEquals(agent, found.agent().word());
        assertEquals(version, found.version());
    }

    @Test
    void seesThroughAnInterpreter() {
        LocalProcesses.Process node = new LocalProcesses.Process(
                "anna",
                "/usr/bin/node",
                List.of("--require", "x.js", "/usr/lib/node_modules/@openai/codex/bin/codex.js"));
        assertEquals("codex", ProcessRecognition.of(node).orElseThrow().agent().word());
        assertEquals(
                Optional.empty(),
                ProcessRecognition.of(new LocalProcesses.Process("anna", "/usr/bin/node", List.of("-v"))));
        assertEquals(Optional.empty(), ProcessRecognition.of(new LocalProcesses.Process("", "", List.of())));
    }
}
