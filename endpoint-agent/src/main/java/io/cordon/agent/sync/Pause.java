package io.cordon.agent.sync;

import java.time.Duration;

/** Waits between two steps of a loop; a wake-up is never lost, also when nobody waits yet. */
public class Pause {
    private boolean woken;

    /** Returns after the time, or as soon as someone called {@link #wake()} since the last return. */
    public void atMost(Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        synchronized (this) {
            long left = time.toNanos();
            while (!woken && left > 0) {
                wait(left / 1_000_000, (int) (left % 1_000_000));
                left = end - System.nanoTime();
            }
            woken = false;
        }
    }

    public synchronized void wake() {
        woken = true;
        notifyAll();
    }
}
