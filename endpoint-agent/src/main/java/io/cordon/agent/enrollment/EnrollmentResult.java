package io.cordon.agent.enrollment;

/** What came of an attempt to enroll. */
public sealed interface EnrollmentResult {
    /** This machine is an endpoint now; {@code again} when it was one before and kept its id. */
    record Enrolled(DeviceIdentity identity, boolean again) implements EnrollmentResult {}

    /** It is not; {@code message} says what to do. */
    record Failed(Failure failure, String message) implements EnrollmentResult {}

    /** Why an enrollment failed. */
    enum Failure {
        TOKEN_MALFORMED,
        TOKEN_UNKNOWN,
        TOKEN_USED,
        TOKEN_EXPIRED,
        TOKEN_REVOKED,
        /** The name does not resolve, nothing listens, or no reply in time. */
        UNREACHABLE,
        /** The server's chain does not lead to the authority that the token names. */
        PIN_MISMATCH,
        /** The certificate is for other names than the one in the URL. */
        HOST_NAME,
        /** More than five minutes away from the server's clock, or outside the validity of its certificate. */
        CLOCK,
        /** Something answers there that does not speak Cordon's agent protocol. */
        NOT_CORDON,
        /** The server is Cordon and cannot do it now. */
        SERVER_BUSY,
        /** The server refuses this machine. */
        REFUSED,
        /** This machine is an endpoint of another fleet. */
        OTHER_FLEET,
        /** The signed policy repository's seed does not verify. */
        TRUST,
        /** What is stored on this machine is damaged. */
        CORRUPT
    }
}
