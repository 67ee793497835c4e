package io.cordon.agent.egress;

import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What all connections of a proxy share.
 *
 * @param open connections now
 * @param strangers requests refused because nobody knows whose they are
 */
record Shared(
        EgressSettings settings,
        EgressRuns runs,
        Lookups lookups,
        InstantSource clock,
        AtomicInteger open,
        AtomicLong strangers,
        int ownPort) {

    /** Counts a request of nobody that is known: it is in no run's record, so it is in the log, ever more rarely. */
    void stranger() {
        long count = strangers.incrementAndGet();
        if (Long.bitCount(count) == 1) {
            System.getLogger(EgressProxy.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "{0} requests to the egress proxy were refused that showed no credentials of a run",
                            count);
        }
    }

    EgressLimits limits() {
        return settings.limits();
    }
}
