package io.cordon.policy.model;

import java.util.List;

/**
 * What records keep.
 *
 * @param retainDays how long the server keeps them, 1 to 3650
 * @param agentEvents what of the coding agents' own telemetry is taken
 */
public record Telemetry(
        ArgumentCapture arguments, List<RedactionPattern> redact, int retainDays, AgentEvents agentEvents) {

    /** What holds where a policy says nothing. */
    public static final Telemetry DEFAULT = new Telemetry(ArgumentCapture.REDACTED, List.of(), 30);

    /** Takes nothing of the coding agents' own telemetry. */
    public Telemetry(ArgumentCapture arguments, List<RedactionPattern> redact, int retainDays) {
        this(arguments, redact, retainDays, AgentEvents.OFF);
    }

    public Telemetry {
        redact = List.copyOf(redact);
        if (retainDays < 1 || retainDays > 3650) {
            throw new IllegalArgumentException("retainDays: " + retainDays + " (expected: 1 to 3650)");
        }
    }
}
