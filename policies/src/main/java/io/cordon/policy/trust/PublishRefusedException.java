package io.cordon.policy.trust;

/** The publisher was asked for something that it must not sign; the message is {@code name: value (expected: …)}. */
public final class PublishRefusedException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public PublishRefusedException(String message) {
        super(message);
    }
}
