package io.cordon.policy.command;

/** Whether a rule means a command, given that parts of the command may be unknown. */
public enum Verdict {
    NO,
    /** Only running would tell. */
    MAYBE,
    YES;

    Verdict and(Verdict other) {
        return compareTo(other) <= 0 ? this : other;
    }

    Verdict or(Verdict other) {
        return compareTo(other) >= 0 ? this : other;
    }

    static Verdict of(boolean yes) {
        return yes ? YES : NO;
    }
}
