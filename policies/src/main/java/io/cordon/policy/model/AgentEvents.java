package io.cordon.policy.model;

import java.util.Locale;

/** What of the coding agents' own telemetry leaves the endpoint (SPEC 2.8). */
public enum AgentEvents {
    /** Nothing; the local gateway does not listen. */
    OFF,
    /** Every event that an investigation needs, none of what is only of use to the agent's makers. */
    SECURITY;

    /** The word used in documents. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads {@link #word()} back. */
    public static AgentEvents ofWord(String word) {
        return Words.find(values(), word, "telemetry.agentEvents");
    }
}
