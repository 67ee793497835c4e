package io.cordon.agent.egress;

import java.time.Instant;

/**
 * What one run did through the proxy, when it is over and its last connection is closed.
 *
 * @param attempts of all kinds
 * @param denied of these
 * @param unrecorded attempts beyond those that are kept one by one
 */
public record EgressSummary(Instant at, long attempts, long denied, long unrecorded, long bytesUp, long bytesDown) {}
