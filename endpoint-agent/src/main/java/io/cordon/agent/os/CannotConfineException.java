package io.cordon.agent.os;

/** The boundary cannot be built here; becomes the refusal of the plan or of its preparation. */
public final class CannotConfineException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String rule;

    /**
     * @param rule short name of what stands in the way
     * @param reason one line with what was found and what to do
     */
    public CannotConfineException(String rule, String reason) {
        super(reason);
        this.rule = rule;
    }

    public String rule() {
        return rule;
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
