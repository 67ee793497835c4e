package io.cordon.agent.broker;

/**
 * How much is done at once.
 *
 * @param runs running at the same time
 * @param runsPerUser of these, for one user
 * @param workers threads that decide and record
 * @param waiting requests that may wait for a worker; above it they are refused at once
 */
public record BrokerLimits(int runs, int runsPerUser, int workers, int waiting) {
    public static final BrokerLimits DEFAULT = new BrokerLimits(512, 128, 8, 256);
}
