package io.cordon.agent.telemetry.gateway.otlp;

/** A request that ends before it is an export; carries the answer. */
final class OtlpException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Receipt receipt;

    OtlpException(Receipt.Reason reason, String why) {
        super(why);
        this.receipt = new Receipt.Refused(reason, why);
    }

    OtlpException(Receipt.Later later) {
        super(later.why());
        this.receipt = later;
    }

    Receipt receipt() {
        return receipt;
    }
}
