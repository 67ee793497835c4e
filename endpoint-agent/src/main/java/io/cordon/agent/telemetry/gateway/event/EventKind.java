package io.cordon.agent.telemetry.gateway.event;

import java.util.Locale;

/** What kinds of events there are, whichever coding agent they come from. */
public enum EventKind {
    SESSION_START,
    SESSION_END,
    TURN,
    PROMPT,
    MODEL_CALL,
    /** What the model said, which is often its reason for what it does next. */
    MODEL_RESPONSE,
    TOOL_CALL,
    /** Whether a tool call may go ahead, and who said so. */
    DECISION,
    TOOL_RESULT,
    /** What the agent's own sandbox did. */
    SANDBOX,
    HOOK,
    MCP,
    PLUGIN,
    CONFIG,
    PERMISSION,
    AUTH,
    NETWORK,
    ERROR,
    METRIC,
    /** Recognised as coming from an agent, but not as anything known: kept rather than lost. */
    OTHER,
    /** Made by the gateway: a run ended whose agent did not say that it ended. */
    INCOMPLETE;

    /** The name in records, for example {@code tool-call}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether a command that the broker ran can be behind it. */
    public boolean ofTool() {
        return this == TOOL_CALL || this == DECISION || this == TOOL_RESULT || this == SANDBOX;
    }
}
