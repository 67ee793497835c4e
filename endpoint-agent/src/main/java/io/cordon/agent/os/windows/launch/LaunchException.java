package io.cordon.agent.os.windows.launch;

import java.io.IOException;

/** A run cannot be started; nothing of it is left. */
public final class LaunchException extends IOException {
    private static final long serialVersionUID = 1;

    /** Not an error of Windows. */
    public static final int NONE = 0;

    private final String stage;
    private final int error;

    /**
     * @param stage where it stopped, for example "logon"
     * @param error of {@code GetLastError}, or {@link #NONE}
     */
    public LaunchException(String stage, int error, String message) {
        super(message);
        this.stage = stage;
        this.error = error;
    }

    public LaunchException(String stage, String message) {
        this(stage, NONE, message);
    }

    public String stage() {
        return stage;
    }

    public int error() {
        return error;
    }
}
