package io.cordon.server.fleet;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rule by which one of many attempts is the one that counts. */
final class Attempts {

    private Attempts() {}

    /** Whether the new attempt tells nothing that the newest one did not. */
    static boolean isRepetition(List<Attempt> newestFirst, Attempt attempt) {
        return !newestFirst.isEmpty() && newestFirst.get(0).sameOutcome(attempt);
    }

    /**
     * The attempt that counts after a new one: going back to what was applied before does not heal a failure.
     *
     * @param standing the one that counted before
     * @param newestFirst the history without the new one
     */
    static Attempt standing(@Nullable Attempt standing, List<Attempt> newestFirst, Attempt attempt) {
        if (standing == null
                || standing.status() != Attempt.Status.FAILED
                || attempt.status() == Attempt.Status.FAILED
                || Arrays.equals(standing.hash(), attempt.hash())) {
            return attempt;
        }
        boolean wasThereBefore = newestFirst.stream()
                .anyMatch(past ->
                        Arrays.equals(past.hash(), attempt.hash()) && past.at().isBefore(standing.at()));
        return wasThereBefore ? standing : attempt;
    }
}
