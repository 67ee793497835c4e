package io.cordon.agent.telemetry.gateway;

import io.cordon.agent.telemetry.RunFacts;
import org.jspecify.annotations.Nullable;

/**
 * Which run of the broker an event belongs to, and how well that is known.
 *
 * @param run null exactly when the strength is {@link Strength#NONE}
 */
record Join(Strength strength, @Nullable RunFacts run) {
    static final Join NONE = new Join(Strength.NONE, null);

    /** From the strongest. */
    enum Strength {
        /** Both name the same tool call: the agent's claim, confirmed by the hook that led to the run. */
        TOOL_CALL("tool-call"),
        /** Both are in one trace. */
        TRACE("trace"),
        /** It was sent from within the run, as the kernel tells by the sender's ancestors. */
        RUN("run"),
        /** The sender had the run started, at about that time. */
        PROCESS_TIME("process-time"),
        NONE("none");

        private final String word;

        Strength(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }
}
