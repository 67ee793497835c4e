package io.cordon.policy.trust;

/**
 * A refusal with its evidence.
 *
 * @param reason what kind
 * @param subject the file or role, for example {@code 3.targets.json}
 * @param found what was there
 * @param expected what had to be there
 * @param step section of the TUF specification 1.0.34, or the rule of {@code policies/SPEC.md} (T-…)
 */
public record Rejection(Refusal reason, String subject, String found, String expected, String step) {
    /** One line for reports and logs. */
    public String message() {
        return "%s: %s: %s (expected: %s; step %s)".formatted(reason.code(), subject, found, expected, step);
    }
}
