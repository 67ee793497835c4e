package io.cordon.policy.trust;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * The newest time at which this endpoint started an update (T-3): a clock that was set back cannot make expired metadata
 * valid again. Kept as text, {@code 2026-11-23T14:00:00Z}.
 */
final class ClockFloor {
    private final TrustStore store;
    private final Limits limits;

    ClockFloor(TrustStore store, Limits limits) {
        this.store = store;
        this.limits = limits;
    }

    /**
     * The start time of an update (specification 5.1): the local clock's, or the floor's when the clock is behind it by no more
     * than the slack that time synchronisation needs. Raises the floor.
     */
    Instant begin(Instant now) throws IOException, RejectedException {
        Instant start = check(now);
        raise(start);
        return start;
    }

    /** As {@link #begin} without raising the floor: for reads that start no update. */
    Instant check(Instant now) throws IOException, RejectedException {
        Optional<Instant> floor = read();
        if (floor.isEmpty() || !now.isBefore(floor.get())) {
            return now;
        }
        if (now.isBefore(floor.get().minus(limits.clockSlack()))) {
            throw new RejectedException(
                    Refusal.CLOCK_BEHIND,
                    "local clock",
                    now.toString(),
                    "not before " + floor.get() + ", when this endpoint last updated: check the clock of this machine",
                    "5.1, T-3");
        }
        return floor.get();
    }

    void raise(Instant start) throws IOException {
        store.write(StoredFile.CLOCK_FLOOR, start.toString().getBytes(StandardCharsets.US_ASCII));
    }

    private Optional<Instant> read() throws IOException {
        Optional<byte[]> bytes = store.read(StoredFile.CLOCK_FLOOR);
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(new String(bytes.get(), StandardCharsets.US_ASCII)));
        } catch (DateTimeException e) {
            // Damaged on disk. Metadata versions still hold, and the next update writes it anew.
            return Optional.empty();
        }
    }
}
