package io.cordon.agent.os.windows.fence;

import java.util.List;

/** Whether the fence was seen to hold. Only then may a run without network start. */
public sealed interface Effectiveness {
    /** @param shortfalls what policy opens and is closed all the same, one line each */
    record Effective(List<String> shortfalls) implements Effectiveness {
        public Effective {
            shortfalls = List.copyOf(shortfalls);
        }
    }

    /**
     * @param leaks what got through, one line each
     * @param afterShedding whether all of it got through only by a token without its account
     */
    record Leaking(List<String> leaks, boolean afterShedding) implements Effectiveness {
        public Leaking {
            leaks = List.copyOf(leaks);
        }
    }

    /** Nothing was seen to leak, but not enough was seen. */
    record Unverified(String reason) implements Effectiveness {}
}
