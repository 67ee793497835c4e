package io.cordon.server.telemetry;

/** The batch holds something that the store can never take; sending it again is of no use. */
public final class TelemetryRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TelemetryRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
