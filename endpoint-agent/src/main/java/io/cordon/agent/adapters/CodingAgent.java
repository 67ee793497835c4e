package io.cordon.agent.adapters;

import java.util.Arrays;
import java.util.Optional;

/** The coding agents whose settings and hooks Cordon speaks. */
public enum CodingAgent {
    CODEX("codex", "codex", "Codex"),
    CLAUDE_CODE("claude-code", "claudeCode", "Claude Code"),
    GEMINI("gemini", "gemini", "Gemini CLI"),
    COPILOT("copilot", "copilot", "Copilot CLI");

    private final String word;
    private final String policyKey;
    private final String title;

    CodingAgent(String word, String policyKey, String title) {
        this.word = word;
        this.policyKey = policyKey;
        this.title = title;
    }

    /** The name in commands, records and reports, for example {@code claude-code}. */
    public String word() {
        return word;
    }

    /** The key in a policy's {@code agents}. */
    public String policyKey() {
        return policyKey;
    }

    /** The name for people. */
    public String title() {
        return title;
    }

    /** The agent with this {@link #word()}. */
    public static Optional<CodingAgent> ofWord(String word) {
        return Arrays.stream(values()).filter(agent -> agent.word.equals(word)).findFirst();
    }
}
