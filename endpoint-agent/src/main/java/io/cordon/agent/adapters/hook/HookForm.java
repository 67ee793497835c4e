package io.cordon.agent.adapters.hook;

import io.cordon.agent.adapters.CodingAgent;
import io.cordon.agent.os.LocalReply;

/** How one vendor's hooks speak. */
public interface HookForm {

    /** The event of this name; {@link HookEvent#OTHER} for one that is not known. */
    HookEvent event(String name);

    /**
     * Reads what the agent gave its hook on standard input.
     *
     * @throws HookFormException when it is anything else
     */
    HookCall read(String event, String input) throws HookFormException;

    /** The exit status and the output that tell the agent. */
    LocalReply write(HookEvent event, HookAnswer answer);

    Asking asking();

    /** How the developer is asked about a command that is put in the place of another. */
    enum Asking {
        /** The hook's answer has the agent ask, for what is put there. */
        BY_ANSWER,
        /** The agent's settings have it ask about {@code cordon run --asked}, while its full access is denied. */
        BY_SETTINGS,
        /** The same, after the model is told how to have that done. */
        BY_MODEL
    }

    /** @param os linux or windows */
    static HookForm of(CodingAgent agent, String os) {
        boolean windows = os.equals("windows");
        return switch (agent) {
            case CODEX -> new CodexHook(windows);
            case CLAUDE_CODE -> new ClaudeCodeHook(windows);
            case GEMINI -> new GeminiHook(windows);
            case COPILOT -> new CopilotHook();
        };
    }
}
