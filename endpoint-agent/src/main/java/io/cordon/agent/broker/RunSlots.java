package io.cordon.agent.broker;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts what runs, for everybody and for each user, so that one user cannot take the agent away from the others. */
final class RunSlots {
    private final BrokerLimits limits;
    private final Map<String, Integer> byUser = new HashMap<>();
    private int taken;

    RunSlots(BrokerLimits limits) {
        this.limits = limits;
    }

    /** Takes a slot; returns null, or one line that says why there is none. */
    synchronized @Nullable String take(String user) {
        int own = byUser.getOrDefault(user, 0);
        if (own >= limits.runsPerUser()) {
            return "you already have " + own + " commands running (limit: " + limits.runsPerUser()
                    + "); wait for one to end";
        }
        if (taken >= limits.runs()) {
            return taken + " commands are running on this machine (limit: " + limits.runs() + "); try again later";
        }
        taken++;
        byUser.put(user, own + 1);
        return null;
    }

    synchronized void give(String user) {
        taken--;
        byUser.computeIfPresent(user, (id, count) -> count == 1 ? null : count - 1);
    }

    synchronized int taken() {
        return taken;
    }
}
