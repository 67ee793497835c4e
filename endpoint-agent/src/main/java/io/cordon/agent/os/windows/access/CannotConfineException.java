package io.cordon.agent.os.windows.access;

/** The boundary cannot be built here; becomes the refusal of the plan or of the preparation. */
final class CannotConfineException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String rule;

    CannotConfineException(String rule, String reason) {
        super(reason);
        this.rule = rule;
    }

    String rule() {
        return rule;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
