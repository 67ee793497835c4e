package io.cordon.server.telemetry;

/** A request that is answered with an error; the kind decides the HTTP status and the google.rpc code. */
final class OtlpFailure extends Exception {
    private static final long serialVersionUID = 1L;

    /** Kinds of failure; only {@link #OVERLOADED} makes a sender try again (O13). */
    enum Kind {
        UNDECODABLE(400, 3),
        UNSUPPORTED(415, 3),
        TOO_LARGE(413, 8),
        OVERLOADED(503, 14);

        private final int httpStatus;
        private final int rpcCode;

        Kind(int httpStatus, int rpcCode) {
            this.httpStatus = httpStatus;
            this.rpcCode = rpcCode;
        }

        int httpStatus() {
            return httpStatus;
        }

        /** google.rpc.Code: 3 INVALID_ARGUMENT, 8 RESOURCE_EXHAUSTED, 14 UNAVAILABLE. */
        int rpcCode() {
            return rpcCode;
        }
    }

    private final Kind kind;

    OtlpFailure(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
