package io.cordon.agent.os.windows.accounts;

import java.time.Duration;

/**
 * The machine's account lockout policy ({@code USER_MODALS_INFO_3}).
 *
 * @param threshold failed logons that lock an account; 0 when none do
 * @param window how long a failed logon counts
 */
public record LockoutPolicy(int threshold, Duration window) {
    /** Used when there is no lockout, so that a broken account is not hammered. */
    private static final LockoutPolicy PATIENT = new LockoutPolicy(10, Duration.ofMinutes(10));

    public LockoutPolicy {
        if (threshold < 0 || window.isNegative()) {
            throw new IllegalArgumentException(
                    "lockout policy: " + threshold + " in " + window + " (expected: neither negative)");
        }
    }

    /** How many failures may happen within {@link #span()}: half of what locks out, so that somebody else's count too. */
    int attempts() {
        return threshold == 0 ? PATIENT.attempts() : Math.max(1, threshold / 2);
    }

    Duration span() {
        return threshold == 0 ? PATIENT.window() : window;
    }
}
