package io.cordon.agent.os.linux;

/** The boundary cannot be built here; becomes the planner's refusal. */
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
