package io.cordon.server.telemetry;

/** The store cannot take telemetry now; nothing was acknowledged and the sender has to keep what it has. */
public final class TelemetryUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TelemetryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
