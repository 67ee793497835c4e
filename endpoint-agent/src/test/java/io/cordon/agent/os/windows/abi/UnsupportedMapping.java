package io.cordon.agent.os.windows.abi;

/** A mapping that cannot be compared with a header: the message says what was found and what was expected. */
final class UnsupportedMapping extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnsupportedMapping(String message) {
        super(message);
    }

    UnsupportedMapping(String message, Throwable cause) {
        super(message, cause);
    }
}
