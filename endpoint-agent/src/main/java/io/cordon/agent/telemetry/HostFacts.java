package io.cordon.agent.telemetry;

/**
 * What every record says about where it was made.
 *
 * @param endpointId of the enrolled endpoint, or {@code unenrolled}
 * @param osType linux or windows
 */
public record HostFacts(String endpointId, String hostname, String osType, String agentVersion) {}
