package io.cordon.agent.enrollment;

import java.io.IOException;

/** The server sent more than the agent was ready to read; the transfer was stopped there. */
public final class ReplyTooLargeException extends IOException {
    private static final long serialVersionUID = 1;

    ReplyTooLargeException(int most) {
        super("reply: more than " + most + " bytes (expected: at most that)");
    }
}
