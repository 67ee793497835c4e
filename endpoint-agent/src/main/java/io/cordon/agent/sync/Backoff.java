package io.cordon.agent.sync;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How long to wait after a failure: full jitter under a ceiling that doubles from one second and ends at five minutes, so that
 * a fleet neither returns in one wave nor stays away for long. Not safe for use by several threads.
 */
public final class Backoff {
    /** No wait is ever longer. */
    public static final Duration CAP = Duration.ofMinutes(5);

    /** No wait is shorter: full jitter alone could come close to none. */
    static final Duration FLOOR = Duration.ofMillis(100);

    private static final Duration BASE = Duration.ofSeconds(1);
    private static final int MOST_DOUBLINGS = 20;

    private final RandomGenerator random;
    private final Duration cap;
    private int failures;

    public Backoff(RandomGenerator random) {
        this(random, CAP);
    }

    /** @param cap a shorter longest wait */
    Backoff(RandomGenerator random, Duration cap) {
        this.random = random;
        this.cap = cap.compareTo(CAP) < 0 ? cap : CAP;
    }

    /** The wait after one more failure. */
    public Duration next() {
        long ceiling = ceilingMillis();
        failures++;
        return Duration.ofMillis(FLOOR.toMillis() + (long) (random.nextDouble() * (ceiling - FLOOR.toMillis())));
    }

    /** The wait after one more failure for which the server named one: never shorter than that, and still jittered. */
    public Duration next(Optional<Duration> asked) {
        Duration own = next();
        if (asked.isEmpty()) {
            return own;
        }
        long least = Math.min(asked.get().toMillis(), cap.toMillis());
        long spread = Math.max(BASE.toMillis(), least / 5);
        return Duration.ofMillis(Math.min(cap.toMillis(), least + (long) (random.nextDouble() * spread)));
    }

    /** The other side works again. */
    public void reset() {
        failures = 0;
    }

    private long ceilingMillis() {
        return Math.min(cap.toMillis(), BASE.toMillis() << Math.min(failures, MOST_DOUBLINGS));
    }
}
