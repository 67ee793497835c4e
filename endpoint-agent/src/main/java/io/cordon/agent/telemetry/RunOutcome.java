package io.cordon.agent.telemetry;

import io.cordon.agent.os.RunListener;
import io.cordon.agent.os.RunListener.Exit;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended.
 *
 * @param confinedAt when the plan was ready; null when it never was
 * @param startedAt when the process ran; null when it never did
 * @param exit null unless it was seen to exit
 * @param problem why it failed or was lost, one line
 * @param processes of the tree, oldest first, at most {@link #MAX_EVENTS}
 */
public record RunOutcome(
        Kind kind,
        Instant endedAt,
        @Nullable Instant confinedAt,
        @Nullable Instant startedAt,
        long pid,
        @Nullable Exit exit,
        @Nullable String problem,
        List<RunListener.ProcessEvent> processes,
        boolean processesTruncated) {

    /** Most events of the process tree that are kept. */
    public static final int MAX_EVENTS = 2000;

    /** In one word. */
    public enum Kind {
        COMPLETED("completed"),
        DENIED("denied"),
        KILLED("killed"),
        FAILED("failed-to-start"),
        LOST("lost");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    public RunOutcome {
        processes = List.copyOf(processes);
    }

    static RunOutcome denied(Instant at) {
        return new RunOutcome(Kind.DENIED, at, null, null, 0, null, null, List.of(), false);
    }

    static RunOutcome lost(Instant at, String why) {
        return new RunOutcome(Kind.LOST, at, null, null, 0, null, why, List.of(), false);
    }
}
