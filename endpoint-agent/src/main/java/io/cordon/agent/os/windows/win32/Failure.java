package io.cordon.agent.os.windows.win32;

import com.sun.jna.Native;
import com.sun.jna.platform.win32.Kernel32Util;
import java.io.IOException;

/** A call of Windows that failed, as the rest of the agent sees it. */
final class Failure extends IOException {
    private static final long serialVersionUID = 1;
    private final int error;

    private Failure(String call, int error, String text) {
        super(call + ": error " + error + (text.isEmpty() ? "" : " (" + text + ")"));
        this.error = error;
    }

    /** @param error a number of {@code winerror.h} or {@code lmerr.h} */
    static Failure of(String call, int error) {
        String text;
        try {
            text = Kernel32Util.formatMessage(error).strip();
        } catch (RuntimeException e) {
            // Not every number has a text (those of the network API are in a message file of their own).
            text = "";
        }
        return new Failure(call, error, text);
    }

    /** The last call on this thread. */
    static Failure last(String call) {
        return of(call, Native.getLastError());
    }

    int error() {
        return error;
    }
}
