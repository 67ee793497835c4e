package io.cordon.server.telemetry;

import java.util.concurrent.Semaphore;

/**
 * How much decompressed telemetry one node holds at once. What does not fit is refused while it is read, before it can be
 * much, and its sender is told to come back (O12).
 */
final class IngestBudget {
    private static final long UNIT = 1L << 16;

    private final int all;
    private final Semaphore units;

    IngestBudget(long bytes) {
        all = (int) Math.min(Integer.MAX_VALUE, Math.max(1, bytes / UNIT));
        units = new Semaphore(all);
    }

    /** Bytes that are held now, in whole units. */
    long held() {
        return (all - units.availablePermits()) * UNIT;
    }

    Lease lease() {
        return new Lease();
    }

    /** What one request holds, given back when it is closed. */
    final class Lease implements AutoCloseable {
        private int held;

        /** True when the request may hold that many bytes altogether. */
        boolean growTo(long bytes) {
            int needed = (int) Math.min(Integer.MAX_VALUE, (bytes + UNIT - 1) / UNIT);
            int more = needed - held;
            if (more > 0) {
                if (!units.tryAcquire(more)) {
                    return false;
                }
                held = needed;
            }
            return true;
        }

        @Override
        public void close() {
            units.release(held);
            held = 0;
        }
    }
}
