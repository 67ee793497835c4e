package io.cordon.agent.health;

import java.time.Duration;

/** Judges this machine's clock by the server's. Expiry of signed metadata is only as good as the clock it is compared with. */
public final class ClockCheck {
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private ClockCheck() {}

    /** @param ahead how far this machine's clock is ahead of the server's; negative when behind */
    public static ComponentState judge(Duration ahead) {
        if (ahead.abs().compareTo(TOLERANCE) <= 0) {
            return ComponentState.well("agrees with the server's");
        }
        return ComponentState.ill("differs from the server's by more than 5 minutes (about "
                + Math.max(1, ahead.abs().toHours()) + " h " + (ahead.isNegative() ? "behind" : "ahead")
                + "): set the clock of this machine");
    }
}
