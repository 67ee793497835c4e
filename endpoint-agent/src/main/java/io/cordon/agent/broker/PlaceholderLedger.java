package io.cordon.agent.broker;

import io.cordon.agent.os.Account;
import io.cordon.agent.os.Change;
import io.cordon.agent.os.Ledger;
import io.cordon.agent.os.LivePlaceholders;
import io.cordon.agent.os.Placeholder;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The placeholders of runs, which the launcher makes and removes: in the ledger before there are any, and out of it a little after they
 * are gone.
 */
final class PlaceholderLedger {
    private static final System.Logger LOG = System.getLogger(PlaceholderLedger.class.getName());
    private static final int REMOVAL_SECONDS = 3;

    private final Ledger ledger;
    private final LivePlaceholders live;
    private final ScheduledExecutorService later;

    /** @param live shared with the file planner */
    PlaceholderLedger(Ledger ledger, LivePlaceholders live, ScheduledExecutorService later) {
        this.ledger = ledger;
        this.live = live;
        this.later = later;
    }

    /**
     * Before the plan that lists them is handed over.
     *
     * @param account whose run they are for
     * @return what the ledger calls them
     * @throws IOException when the ledger cannot be written; then none may be made
     */
    List<Long> intend(List<Placeholder> placeholders, Account account) throws IOException {
        live.acquire(placeholders);
        try {
            return ledger.intend(placeholders.stream()
                    .map(placeholder -> change(placeholder, account.posix().uid()))
                    .toList());
        } catch (IOException e) {
            live.release(placeholders);
            throw e;
        }
    }

    private static Change change(Placeholder placeholder, int uid) {
        return new Change(
                "placeholder",
                Map.of(
                        "path", placeholder.path(),
                        "directory", Boolean.toString(placeholder.directory()),
                        "uid", Integer.toString(uid)));
    }

    /**
     * After the run has ended.
     *
     * @param changes what {@link #intend} returned
     * @param removed whether the launcher lives and removes them; if not, the ledger keeps them for the recovery
     */
    void ended(List<Placeholder> placeholders, List<Long> changes, boolean removed) {
        live.release(placeholders);
        if (!changes.isEmpty() && removed) {
            undoneLater(changes);
        }
    }

    /**
     * The launcher removes placeholders about when it reports the end, so the ledger keeps them a little longer. What is not
     * done when the agent stops, or when the launcher died and removed nothing, recovery does.
     */
    private void undoneLater(List<Long> changes) {
        try {
            later.schedule(() -> undone(changes), REMOVAL_SECONDS, TimeUnit.SECONDS);
        } catch (RejectedExecutionException e) {
            LOG.log(System.Logger.Level.DEBUG, "stopping; the ledger keeps the placeholders for the recovery");
        }
    }

    private void undone(List<Long> changes) {
        try {
            for (long change : changes) {
                ledger.undone(change);
            }
        } catch (IOException e) {
            // Recovery will look at the paths again and find nothing to do.
            LOG.log(System.Logger.Level.WARNING, "the ledger could not be written: {0}", e.getMessage());
        }
    }
}
