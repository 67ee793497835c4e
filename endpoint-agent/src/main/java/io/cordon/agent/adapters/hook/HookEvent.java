package io.cordon.agent.adapters.hook;

/** When a hook is called. */
public enum HookEvent {
    SESSION_START,
    /** The developer said something. */
    PROMPT,
    /** A tool is about to be used: to be decided. */
    BEFORE_TOOL,
    /** The agent is about to ask the developer for a permission: to be decided, or left to the developer. */
    APPROVAL,
    AFTER_TOOL,
    TOOL_FAILED,
    /** A permission was refused. */
    REFUSED,
    TURN_END,
    SESSION_END,
    ERROR,
    /** One that is only recorded. */
    OTHER;

    /** Whether the agent waits for a decision, so that no answer must be a refusal. */
    public boolean decides() {
        return this == BEFORE_TOOL || this == APPROVAL;
    }
}
