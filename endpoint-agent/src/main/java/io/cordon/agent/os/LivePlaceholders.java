package io.cordon.agent.os;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Which paths exist only because runs that are still going needed them, or went away with the last of those a moment ago:
 * the launcher's side removes them after a run has been reported as ended. A second run in the same folder must know: what
 * it finds there is nobody's and may vanish under it. Safe for concurrent use.
 */
public final class LivePlaceholders implements Predicate<String> {
    /** Longer than the removal may take, after which it is given up. */
    private static final Duration REMOVAL_LIMIT = Duration.ofSeconds(5);

    private final InstantSource clock;
    private final Map<String, Integer> users = new HashMap<>();
    private final Map<String, Instant> leaving = new HashMap<>();

    /** @param clock the time by which removals are over */
    public LivePlaceholders(InstantSource clock) {
        this.clock = clock;
    }

    /** Before the plan that lists them is handed over. */
    public synchronized void acquire(List<Placeholder> placeholders) {
        placeholders.forEach(placeholder -> users.merge(placeholder.path(), 1, Integer::sum));
    }

    /** After the run has ended. */
    public synchronized void release(List<Placeholder> placeholders) {
        Instant now = clock.instant();
        leaving.values().removeIf(until -> until.isBefore(now));
        for (Placeholder placeholder : placeholders) {
            users.computeIfPresent(placeholder.path(), (path, count) -> count == 1 ? null : count - 1);
            leaving.put(placeholder.path(), now.plus(REMOVAL_LIMIT));
        }
    }

    @Override
    public synchronized boolean test(String path) {
        if (users.containsKey(path)) {
            return true;
        }
        Instant until = leaving.get(path);
        return until != null && !until.isBefore(clock.instant());
    }
}
