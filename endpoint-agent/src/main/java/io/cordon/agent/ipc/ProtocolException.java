package io.cordon.agent.ipc;

import java.io.IOException;

/** The other end said something outside the protocol; the connection is not to be used any more. */
public final class ProtocolException extends IOException {
    private static final long serialVersionUID = 1;

    public ProtocolException(String message) {
        super(message);
    }

    public ProtocolException(String message, Throwable cause) {
        super(message, cause);
    }
}
