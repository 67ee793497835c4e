package io.cordon.agent.egress;

import org.jspecify.annotations.Nullable;

/**
 * How this machine's egress proxy is set up; nothing here decides what may be reached.
 *
 * @param port of the loopback; 0 for any that is free
 * @param upstream the company's proxy; null when there is none
 */
public record EgressSettings(
        int port, EgressLimits limits, @Nullable UpstreamProxy upstream) {
    public static final EgressSettings DEFAULT = new EgressSettings(0, EgressLimits.DEFAULT, null);

    public EgressSettings {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port: " + port + " (expected: 0 to 65535)");
        }
    }
}
