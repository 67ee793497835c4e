package io.cordon.agent.telemetry.gateway.otlp;

/** What became of an export. Each answer of HTTP and gRPC follows from one of these. */
public sealed interface Receipt {
    /**
     * Durably taken; whatever was dropped was dropped by a rule and counted.
     *
     * @param rejected records with unusable ids (O17)
     * @param why about the first of those, in English
     */
    record Taken(long rejected, String why) implements Receipt {
        public static final Taken ALL = new Taken(0, "");
    }

    /** Not taken; the sender is to keep it and come back (O12). */
    record Later(String why) implements Receipt {}

    /** Never to be taken: the sender is to drop it. */
    record Refused(Reason reason, String why) implements Receipt {}

    /** Why, with the HTTP status and the gRPC code for it. */
    enum Reason {
        UNDECODABLE(400, 3),
        FORBIDDEN(403, 7),
        NOT_FOUND(404, 5),
        WRONG_METHOD(405, 12),
        TOO_LARGE(413, 8),
        UNSUPPORTED(415, 3);

        private final int httpStatus;
        private final int rpcCode;

        Reason(int httpStatus, int rpcCode) {
            this.httpStatus = httpStatus;
            this.rpcCode = rpcCode;
        }

        int httpStatus() {
            return httpStatus;
        }

        int rpcCode() {
            return rpcCode;
        }
    }
}
