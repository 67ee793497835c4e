package io.cordon.deploy.quickstart;

/** A step that could not be done; the message says what to do about it. */
public final class QuickstartException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * @param message one line: what failed and what to do
     */
    public QuickstartException(String message) {
        super(message);
    }

    /**
     * @param message one line: what failed and what to do
     * @param cause what made it fail
     */
    public QuickstartException(String message, Throwable cause) {
        super(message, cause);
    }
}
