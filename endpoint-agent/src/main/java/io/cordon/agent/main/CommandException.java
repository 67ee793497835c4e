package io.cordon.agent.main;

/** A command ends here with one line for whoever started it, and an exit code. */
final class CommandException extends Exception {
    private static final long serialVersionUID = 1;
    private final ExitCode code;

    CommandException(ExitCode code, String message) {
        super(message);
        this.code = code;
    }

    ExitCode code() {
        return code;
    }
}
