package io.cordon.server.telemetry;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Which moment a row is filed under. Days are partitions, so a row may not choose its day freely: a time that is missing,
 * older than what is kept or ahead of the clock is replaced by the time of receipt, and the reported one is kept as an
 * attribute.
 *
 * @param now the time of receipt
 * @param kept how long rows are kept
 */
record RowTime(Instant now, Duration kept) {
    static final String REPORTED = "cordon.reported_time_unix_nano";
    private static final Duration AHEAD = Duration.ofHours(24);
    private static final long NANOS_OF_MICRO = 1_000;

    /** The reported moment, to the microsecond, or empty when it cannot be used. */
    Optional<Instant> usable(long unixNanos) {
        if (unixNanos <= 0) {
            return Optional.empty();
        }
        Instant at = ofMicros(unixNanos / NANOS_OF_MICRO);
        boolean inside = at.isAfter(now.minus(kept)) && at.isBefore(now.plus(AHEAD));
        return inside ? Optional.of(at) : Optional.empty();
    }

    /** The moment to file under when the reported one cannot be used. */
    Instant received() {
        return ofMicros(now.getEpochSecond() * 1_000_000 + now.getNano() / NANOS_OF_MICRO);
    }

    private static Instant ofMicros(long micros) {
        return Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * NANOS_OF_MICRO);
    }
}
