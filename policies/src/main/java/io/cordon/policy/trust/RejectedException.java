package io.cordon.policy.trust;

/** Carries a {@link Rejection} out of a verification step; never leaves the package. */
final class RejectedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Rejection rejection;

    RejectedException(Rejection rejection) {
        super(rejection.message(), null, false, false);
        this.rejection = rejection;
    }

    RejectedException(Refusal reason, String subject, String found, String expected, String step) {
        this(new Rejection(reason, subject, found, expected, step));
    }

    Rejection rejection() {
        return rejection;
    }
}
