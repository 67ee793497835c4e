package io.cordon.agent.main;

import io.cordon.agent.sync.Backoff;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Carries a pending enrollment out beside the running agent, which enforces the strictest policy meanwhile and takes up the
 * new identity by itself.
 */
final class EnrollmentWatch implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(EnrollmentWatch.class.getName());
    private static final Duration LOOK = Duration.ofSeconds(5);

    private final PendingEnrollment pending;
    private final Backoff backoff;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread = new Thread(this::watch, "cordon-enroll");
    private volatile @Nullable String problem;

    private EnrollmentWatch(PendingEnrollment pending, Backoff backoff) {
        this.pending = pending;
        this.backoff = backoff;
    }

    static EnrollmentWatch start(PendingEnrollment pending, Backoff backoff) {
        EnrollmentWatch watch = new EnrollmentWatch(pending, backoff);
        watch.thread.setDaemon(true);
        watch.thread.start();
        return watch;
    }

    /** Why the last attempt failed, for whoever asks for the status. */
    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    private void watch() {
        try {
            Duration wait = Duration.ZERO;
            while (!stop.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                wait = once();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns how long to wait before the next look. */
    private Duration once() throws InterruptedException {
        PendingEnrollment.Step step = pending.step();
        if (step instanceof PendingEnrollment.Step.Later later) {
            Duration wait = backoff.next();
            say("enrollment failed and is tried again: " + later.message());
            return wait;
        }
        if (step instanceof PendingEnrollment.Step.Useless useless) {
            say("enrollment failed for good, what the installer left was deleted: " + useless.message());
        } else if (step instanceof PendingEnrollment.Step.Done done) {
            problem = null;
            LOG.info("enrolled with what the installer left: endpoint " + done.endpointId());
        }
        backoff.reset();
        return LOOK;
    }

    /** The same problem again is worth no second line. */
    private void say(String message) {
        if (!message.equals(problem)) {
            LOG.warning(message);
        }
        problem = message;
    }

    @Override
    public void close() throws InterruptedException {
        stop.countDown();
        thread.interrupt();
        thread.join();
    }
}
