package io.cordon.agent.telemetry.upload;

/**
 * Where a spool's records go. The answers of both services have the same shape: {@code partial_success} (1) with the number of
 * rejected records (1) and a message (2).
 */
public enum Destination {
    /** The attested records of runs. */
    TRACES("/v1/traces"),
    /** What coding agents report. */
    LOGS("/v1/logs");

    private final String path;

    Destination(String path) {
        this.path = path;
    }

    String path() {
        return path;
    }
}
