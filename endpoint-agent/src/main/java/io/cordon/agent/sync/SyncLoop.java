package io.cordon.agent.sync;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Decides when to look at the repository: at start, when the server hints, from time to time without a hint (a server that
 * withholds hints must not go unnoticed), before the metadata expires, and again after a failure. A hint that was answered
 * with a failure is left alone until the wait after that failure is over, however often the server repeats it.
 */
final class SyncLoop {
    private static final Logger LOG = Logger.getLogger(SyncLoop.class.getName());
    private static final int HISTORY = 20;
    private static final Duration USUAL = Duration.ofMinutes(10);
    private static final Duration SOONEST = Duration.ofSeconds(30);

    private final Function<@Nullable Offer, Attempt> round;
    private final PolicyKeeper keeper;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Backoff backoff;
    private final Runnable changed;
    private final Pause pause;

    private final Deque<Attempt> history = new ArrayDeque<>();
    private Instant due = Instant.EPOCH;
    private @Nullable Offer wanted;
    private CompletableFuture<Attempt> answer = new CompletableFuture<>();

    /**
     * @param round one round of {@link PolicySync}
     * @param changed told after every round, and when time alone changed what is in force
     */
    SyncLoop(
            Function<@Nullable Offer, Attempt> round,
            PolicyKeeper keeper,
            InstantSource clock,
            RandomGenerator random,
            Runnable changed,
            Pause pause) {
        this.round = round;
        this.keeper = keeper;
        this.clock = clock;
        this.random = random;
        this.backoff = new Backoff(random);
        this.changed = changed;
        this.pause = pause;
    }

    /** Asks for a round that answers this hint; completes with the round that did, or the failure that still stands. */
    CompletableFuture<Attempt> request(Offer offer) {
        CompletableFuture<Attempt> following;
        synchronized (this) {
            Attempt last = history.peekFirst();
            boolean standing = last != null
                    && !last.applied()
                    && last.offer() != null
                    && last.offer().hash().equals(offer.hash())
                    && clock.instant().isBefore(due);
            if (standing) {
                return CompletableFuture.completedFuture(last);
            }
            wanted = offer;
            due = Instant.EPOCH;
            following = answer.copy();
        }
        pause.wake();
        return following;
    }

    /** The server can be reached again: a round that only failed for that is made now. */
    void contact() {
        synchronized (this) {
            Attempt last = history.peekFirst();
            if (last == null || last.status() != Attempt.Status.UNREACHABLE) {
                return;
            }
            due = Instant.EPOCH;
        }
        pause.wake();
    }

    /** Newest first. */
    synchronized List<Attempt> history() {
        return List.copyOf(history);
    }

    synchronized Optional<Attempt> last() {
        return Optional.ofNullable(history.peekFirst());
    }

    /** Runs until the thread is interrupted. */
    void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Duration wait = step();
                pause.atMost(wait);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Does what is due, and says how long nothing will be. */
    Duration step() {
        @Nullable Offer offer;
        CompletableFuture<Attempt> waiting;
        synchronized (this) {
            Duration left = Duration.between(clock.instant(), due);
            if (!left.isNegative() && !left.isZero()) {
                if (keeper.tick()) {
                    changed.run();
                }
                return shorter(left, SOONEST);
            }
            offer = wanted;
            wanted = null;
            waiting = answer;
            answer = new CompletableFuture<>();
        }
        Attempt attempt = round.apply(offer);
        Duration wait = note(attempt);
        // In this order: who waits for the answer then finds the news already told.
        changed.run();
        waiting.complete(attempt);
        return shorter(wait, SOONEST);
    }

    private synchronized Duration note(Attempt attempt) {
        Attempt before = history.peekFirst();
        if (before == null || !before.reason().equals(attempt.reason()) || before.status() != attempt.status()) {
            LOG.log(attempt.applied() ? Level.INFO : Level.WARNING, "sync: {0} {1}", new Object[] {
                attempt.status(), attempt.reason()
            });
        }
        history.addFirst(attempt);
        if (history.size() > HISTORY) {
            history.removeLast();
        }
        Duration wait;
        if (attempt.applied()) {
            backoff.reset();
            wait = usualWait();
        } else {
            wait = backoff.next();
        }
        if (wanted != null) {
            wait = Duration.ZERO;
        }
        due = clock.instant().plus(wait);
        return wait;
    }

    /** About ten minutes, or half of what is left until the metadata expires. */
    private Duration usualWait() {
        Duration usual = Duration.ofMillis((long) (USUAL.toMillis() * random.nextDouble(0.8, 1.2)));
        Duration half = Duration.between(clock.instant(), keeper.expires()).dividedBy(2);
        return half.compareTo(SOONEST) < 0 ? SOONEST : shorter(usual, half);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
