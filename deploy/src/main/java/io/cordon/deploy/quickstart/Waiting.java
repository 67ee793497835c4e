package io.cordon.deploy.quickstart;

import java.time.Duration;

/** Waiting for a condition, with a bound. */
public final class Waiting {
    private static final Duration STEP = Duration.ofMillis(100);

    private Waiting() {}

    /** A condition that may fail to be looked at. */
    @FunctionalInterface
    public interface Condition {
        /** Whether what is waited for has come. */
        boolean holds() throws QuickstartException, InterruptedException;
    }

    /** Returns when the condition holds; fails with {@code otherwise} after {@code limit}. */
    public static void until(Duration limit, String otherwise, Condition condition)
            throws QuickstartException, InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new QuickstartException(otherwise);
            }
            Thread.sleep(STEP.toMillis());
        }
    }
}
