package io.cordon.agent.os;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Which paths exist only because runs that are still going needed them. A second run in the same folder must know: what it
 * finds there is nobody's, and goes away with the last run that needs it. Safe for concurrent use.
 */
public final class LivePlaceholders implements Predicate<String> {
    private final Map<String, Integer> users = new HashMap<>();

    /** Before the plan that lists them is handed over. */
    public synchronized void acquire(List<Placeholder> placeholders) {
        placeholders.forEach(placeholder -> users.merge(placeholder.path(), 1, Integer::sum));
    }

    /** After the run has ended. */
    public synchronized void release(List<Placeholder> placeholders) {
        placeholders.forEach(placeholder ->
                users.computeIfPresent(placeholder.path(), (path, count) -> count == 1 ? null : count - 1));
    }

    @Override
    public synchronized boolean test(String path) {
        return users.containsKey(path);
    }
}
