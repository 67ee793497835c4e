package io.cordon.agent.adapters.discovery;

import io.cordon.agent.adapters.CodingAgent;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The coding agents that are looked for: the four that policies name, and others, which policies call unlisted. */
final class KnownAgents {
    static final List<KnownAgent> ALL = List.of(
            new KnownAgent(
                    CodingAgent.CODEX.word(),
                    CodingAgent.CODEX.title(),
                    Optional.of(CodingAgent.CODEX),
                    List.of("@openai/codex"),
                    List.of("codex"),
                    List.of(),
                    List.of("openai.chatgpt"),
                    List.of("codex"),
                    false,
                    List.of(".codex/packages/standalone/releases"),
                    List.of(".codex/sessions", ".codex/history.jsonl", ".codex")),
            new KnownAgent(
                    CodingAgent.CLAUDE_CODE.word(),
                    CodingAgent.CLAUDE_CODE.title(),
                    Optional.of(CodingAgent.CLAUDE_CODE),
                    List.of("@anthropic-ai/claude-code"),
                    List.of("claude-code"),
                    List.of(),
                    List.of("anthropic.claude-code"),
                    List.of("claude"),
                    false,
                    List.of(".local/share/claude/versions"),
                    List.of(".claude.json", ".claude/projects", ".claude")),
            new KnownAgent(
                    CodingAgent.GEMINI.word(),
                    CodingAgent.GEMINI.title(),
                    Optional.of(CodingAgent.GEMINI),
                    List.of("@google/gemini-cli"),
                    List.of("gemini-cli"),
                    List.of(),
                    List.of("google.gemini-cli-vscode-ide-companion", "google.geminicodeassist"),
                    List.of("gemini"),
                    false,
                    List.of(),
                    List.of(".gemini/tmp", ".gemini")),
            new KnownAgent(
                    CodingAgent.COPILOT.word(),
                    CodingAgent.COPILOT.title(),
                    Optional.of(CodingAgent.COPILOT),
                    List.of("@github/copilot"),
                    List.of("copilot-cli"),
                    List.of(),
                    List.of("github.copilot", "github.copilot-chat"),
                    List.of("copilot"),
                    false,
                    List.of(".copilot/pkg/universal", ".copilot/pkg/linux-x64", ".copilot/pkg/win32-x64"),
                    List.of(".copilot/session-state", ".copilot/history-session-state", ".copilot")),
            python("aider", "Aider", List.of("aider-chat"), List.of("aider"), List.of(".aider")),
            npm("opencode", "opencode", "opencode-ai", "opencode", "", List.of(".local/share/opencode")),
            npm("qwen-code", "Qwen Code", "@qwen-code/qwen-code", "qwen", "", List.of(".qwen")),
            npm("crush", "Crush", "@charmland/crush", "crush", "", List.of(".local/share/crush")),
            npm("auggie", "Auggie", "@augmentcode/auggie", "auggie", "augment.vscode-augment", List.of(".augment")),
            npm("kilo", "Kilo Code", "@kilocode/cli", "kilocode", "kilocode.kilo-code", List.of(".kilocode")),
            npm("continue", "Continue", "@continuedev/cli", "", "continue.continue", List.of(".continue")),
            npm("roo-code", "Roo Code", "@roo-code/cli", "", "rooveterinaryinc.roo-cline", List.of(".roo")),
            named("cline", "Cline", "cline", "saoudrizwan.claude-dev", List.of("cline"), List.of(".cline")),
            named("amp", "Amp", "@sourcegraph/amp", "sourcegraph.amp", List.of("amp"), List.of(".local/share/amp")),
            named("goose", "Goose", "", "", List.of("block-goose-cli"), List.of(".config/goose", ".local/share/goose")),
            new KnownAgent(
                    "cursor-agent",
                    "Cursor Agent",
                    Optional.empty(),
                    List.of(),
                    List.of("cursor-cli"),
                    List.of(),
                    List.of(),
                    List.of("cursor-agent"),
                    false,
                    List.of(".local/share/cursor-agent/versions"),
                    List.of(".cursor/chats", ".cursor")));

    private KnownAgents() {}

    private static KnownAgent npm(
            String word, String title, String name, String executable, String extension, List<String> state) {
        return other(
                word, title, List.of(name), List.of(word), List.of(), some(extension), some(executable), false, state);
    }

    /** An agent whose program shares its file name with other programs. */
    private static KnownAgent named(
            String word, String title, String name, String extension, List<String> formulas, List<String> state) {
        return other(word, title, some(name), formulas, List.of(), some(extension), List.of(word), true, state);
    }

    private static KnownAgent python(
            String word, String title, List<String> pythons, List<String> executables, List<String> state) {
        return other(word, title, List.of(), List.of(word), pythons, List.of(), executables, false, state);
    }

    private static KnownAgent other(
            String word,
            String title,
            List<String> packages,
            List<String> formulas,
            List<String> pythons,
            List<String> extensions,
            List<String> executables,
            boolean ambiguous,
            List<String> state) {
        return new KnownAgent(
                word,
                title,
                Optional.empty(),
                packages,
                formulas,
                pythons,
                extensions,
                executables,
                ambiguous,
                List.of(),
                state);
    }

    private static List<String> some(String name) {
        return name.isEmpty() ? List.of() : List.of(name);
    }

    static KnownAgent of(CodingAgent agent) {
        return find(each -> each.coding().filter(agent::equals).isPresent()).orElseThrow();
    }

    static Optional<KnownAgent> ofPackage(String name) {
        return find(agent -> agent.isPackage(name));
    }

    static Optional<KnownAgent> ofFormula(String name) {
        // a cask's channel stands behind an @
        String plain = name.contains("@") ? name.substring(0, name.indexOf('@')) : name;
        return find(agent -> agent.formulas().contains(plain));
    }

    static Optional<KnownAgent> ofPython(String name) {
        return find(agent -> agent.pythons().contains(name));
    }

    static Optional<KnownAgent> ofExtension(String id) {
        return find(agent -> agent.extensions().contains(id));
    }

    /** By the file name of the program, without an ending. */
    static Optional<KnownAgent> ofExecutable(String name) {
        return find(agent -> agent.executables().contains(name));
    }

    private static Optional<KnownAgent> find(Predicate<KnownAgent> wanted) {
        return ALL.stream().filter(wanted).findFirst();
    }
}
