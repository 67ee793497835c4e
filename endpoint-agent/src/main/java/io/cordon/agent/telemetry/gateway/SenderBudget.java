package io.cordon.agent.telemetry.gateway;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How much each account may have kept: enough for any agent at work, not enough to push what others reported out of the spool.
 * Only what is kept costs; noise is free.
 */
final class SenderBudget {
    static final long MOST_BYTES = 8L << 20;
    /** Bytes a second that come back. */
    static final long REFILL = 64L << 10;

    private static final int MOST_ACCOUNTS = 256;

    private final InstantSource clock;
    private final Map<String, Level> levels = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Level> eldest) {
            return size() > MOST_ACCOUNTS;
        }
    };

    private record Level(long left, Instant at) {}

    SenderBudget(InstantSource clock) {
        this.clock = clock;
    }

    /** True when so many more bytes of this account may be kept now; they are then taken off its budget. */
    synchronized boolean take(String account, long bytes) {
        Instant now = clock.instant();
        Level before = levels.getOrDefault(account, new Level(MOST_BYTES, now));
        long passed =
                Math.max(0, Math.min(3600, Duration.between(before.at(), now).toSeconds()));
        long left = Math.min(MOST_BYTES, before.left() + passed * REFILL);
        boolean enough = bytes <= left;
        levels.put(account, new Level(enough ? left - bytes : left, before.at().plusSeconds(passed)));
        return enough;
    }
}
