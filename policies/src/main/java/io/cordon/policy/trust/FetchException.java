package io.cordon.policy.trust;

import java.io.IOException;

/** A file of the repository could not be read; the message says why in words that an administrator can use. */
public class FetchException extends IOException {
    private static final long serialVersionUID = 1L;

    public FetchException(String message) {
        super(message);
    }

    public FetchException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The server is there and has no such file. */
    public static final class NotFound extends FetchException {
        private static final long serialVersionUID = 1L;

        public NotFound(String path) {
            super(path + ": not found");
        }
    }

    /** The file is longer than the caller allows; the transfer was stopped. */
    public static final class TooLarge extends FetchException {
        private static final long serialVersionUID = 1L;

        public TooLarge(String path, int maxLength) {
            super(path + ": more than " + maxLength + " bytes");
        }
    }
}
