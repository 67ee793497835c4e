package io.cordon.agent.adapters;

import java.time.Instant;
import java.util.List;

/**
 * How one coding agent's managed settings stand on this machine.
 *
 * @param limits what the policy asks and this agent cannot be told, one sentence each
 * @param drifts what somebody else changed and Cordon put back, the newest last
 */
public record SettingsReport(CodingAgent agent, List<FileState> files, List<String> limits, List<Drift> drifts) {
    public SettingsReport {
        files = List.copyOf(files);
        limits = List.copyOf(limits);
        drifts = List.copyOf(drifts);
    }

    /**
     * @param sha256 of what is meant to stand there, 64 hexadecimal digits
     * @param problem why it does not stand there; empty when it does
     */
    public record FileState(String path, String sha256, String problem) {}

    /** @param diff unified, of what stood there against what is meant to; cut at 4,096 characters */
    public record Drift(Instant at, String path, String diff) {}
}
