package io.cordon.agent.egress;

import java.time.Duration;

/**
 * What the proxy spends at most. Every bound is reached by refusing or closing, never by waiting without end.
 *
 * @param connections open at once, over all runs
 * @param connectionsPerRun of these, for one run
 * @param head bytes of a request's head
 * @param headTime from the first byte, or from being connected, to the end of the head
 * @param connectTime for all addresses of a name together
 * @param idleTime without a byte in either direction
 * @param nameTime for which a looked-up name is not looked up again; where it leads is checked every time
 * @param bytesPerRun sent, and as many received, by one run; 0 means no bound
 */
public record EgressLimits(
        int connections,
        int connectionsPerRun,
        int head,
        Duration headTime,
        Duration connectTime,
        Duration idleTime,
        Duration nameTime,
        long bytesPerRun) {

    public static final EgressLimits DEFAULT = new EgressLimits(
            1024,
            256,
            16 << 10,
            Duration.ofSeconds(10),
            Duration.ofSeconds(20),
            Duration.ofMinutes(5),
            Duration.ofSeconds(10),
            0);

    public EgressLimits {
        if (connections < 1 || connectionsPerRun < 1 || connectionsPerRun > connections) {
            throw new IllegalArgumentException("connections: " + connections + ", " + connectionsPerRun
                    + " of them for a run (expected: at least 1, and not more for a run than in all)");
        }
        if (head < 1024 || head > 1 << 20 || bytesPerRun < 0) {
            throw new IllegalArgumentException("head: " + head + " bytes, bytesPerRun: " + bytesPerRun
                    + " (expected: 1024 to 1048576, and 0 or more)");
        }
        if (notPositive(headTime) || notPositive(connectTime) || notPositive(idleTime) || nameTime.isNegative()) {
            throw new IllegalArgumentException("headTime, connectTime and idleTime (expected: more than nothing)");
        }
    }

    private static boolean notPositive(Duration duration) {
        return duration.isNegative() || duration.isZero();
    }
}
