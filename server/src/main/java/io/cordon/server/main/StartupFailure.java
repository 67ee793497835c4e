package io.cordon.server.main;

import org.jspecify.annotations.Nullable;

/** Why the server cannot start: one line that says what to do, and an exit code by which a service manager tells causes apart. */
final class StartupFailure extends Exception {

    /** The causes. */
    enum Cause {
        UNEXPECTED(1),
        CONFIGURATION(2),
        DATA_FOLDER(10),
        ALREADY_RUNNING(11),
        EMBEDDED_DATABASE(12),
        DATABASE_UNREACHABLE(13),
        DATABASE_SCHEMA(14),
        MASTER_KEY(15),
        PORT_TAKEN(16),
        CERTIFICATE(17);

        final int exitCode;

        Cause(int exitCode) {
            this.exitCode = exitCode;
        }
    }

    private final Cause kind;

    StartupFailure(Cause kind, String message) {
        this(kind, message, null);
    }

    StartupFailure(Cause kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    Cause kind() {
        return kind;
    }

    int exitCode() {
        return kind.exitCode;
    }
}
