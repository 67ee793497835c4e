package io.cordon.agent.telemetry.gateway.otlp;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes that all requests together hold in memory. */
final class InFlight {
    private final long limit;
    private final AtomicLong used = new AtomicLong();

    InFlight(long limit) {
        this.limit = limit;
    }

    /** The share of one request. */
    final class Lease implements AutoCloseable {
        private long held;

        /** False when all together would hold too much. */
        boolean growTo(long bytes) {
            long more = bytes - held;
            if (used.addAndGet(more) > limit) {
                used.addAndGet(-more);
                return false;
            }
            held = bytes;
            return true;
        }

        @Override
        public void close() {
            used.addAndGet(-held);
            held = 0;
        }
    }

    Lease lease() {
        return new Lease();
    }
}
