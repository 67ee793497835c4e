package io.cordon.agent.broker;

import org.jspecify.annotations.Nullable;

/**
 * Facts for the health report and metrics; counters since start.
 *
 * @param lost runs whose end was never seen
 * @param failed runs that Cordon could not start or record
 * @param enforcement null when runs can be confined, else one line that says why not
 */
public record BrokerHealth(
        int running,
        long allowed,
        long denied,
        long failed,
        long lost,
        @Nullable String enforcement) {}
