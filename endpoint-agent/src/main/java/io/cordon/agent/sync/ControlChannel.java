package io.cordon.agent.sync;

import io.cordon.agent.enrollment.Exchange;
import io.cordon.agent.enrollment.ServerConnection;
import io.cordon.agent.enrollment.ServerReply;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The control channel: OpAMP over HTTP whose reply the server holds until there is news. One request is always under way, so
 * news arrives in one trip; when this endpoint has news itself, it gives the held request up and sends the next one.
 *
 * <p>Nothing that comes in changes what is enforced: a hint makes the endpoint look at the signed repository.
 */
final class ControlChannel {
    static final String PATH = "/opamp/v1";

    private static final Logger LOG = Logger.getLogger(ControlChannel.class.getName());
    private static final Map<String, String> HEADERS =
            Map.of("Content-Type", "application/x-protobuf", "Accept", "application/x-protobuf");
    private static final int LONGEST_REPLY = 1 << 20;
    /** How long a report waits for the result of the hint just received, so that both go in one message. */
    private static final Duration RESULT_PATIENCE = Duration.ofSeconds(2);
    /** A reply without news before this shows a server that does not hold: then the pace is ours. */
    private static final Duration HELD_AT_LEAST = Duration.ofSeconds(1);

    private static final Duration LONGEST_POLL = Duration.ofSeconds(20);

    private final ServerConnection connection;
    private final ReportMessages messages;
    private final Supplier<AgentReport> reports;
    private final Function<Offer, ? extends Future<?>> onOffer;
    private final Runnable onContact;
    private final InstantSource clock;
    private final Backoff backoff;
    private final Backoff pace;
    private final Pause failurePause;
    private final Pause pacePause = new Pause();

    private @Nullable Exchange held;
    private boolean news;
    private volatile @Nullable Instant lastContact;
    private @Nullable AgentReport known;
    private @Nullable String lastOffer;
    private volatile @Nullable String problem;

    /**
     * @param onOffer looks at the repository; the future ends with the round that answers the hint
     * @param onContact told when contact was lost or came back
     * @param failurePause the wait after failures; nothing on this endpoint shortens it
     */
    ControlChannel(
            ServerConnection connection,
            ReportMessages messages,
            Supplier<AgentReport> reports,
            Function<Offer, ? extends Future<?>> onOffer,
            Runnable onContact,
            InstantSource clock,
            RandomGenerator random,
            Pause failurePause) {
        this.connection = connection;
        this.messages = messages;
        this.reports = reports;
        this.onOffer = onOffer;
        this.onContact = onContact;
        this.clock = clock;
        this.backoff = new Backoff(random);
        this.pace = new Backoff(random, LONGEST_POLL);
        this.failurePause = failurePause;
    }

    /** There is something new to report; called from any thread. */
    void changed() {
        synchronized (this) {
            news = true;
            if (held != null) {
                held.cancel();
            }
        }
        pacePause.wake();
    }

    /** When the server last answered; null when it never did. */
    @Nullable
    Instant lastContact() {
        return lastContact;
    }

    /** Why the server could not be reached or does not serve this endpoint; null while it does. */
    @Nullable
    String problem() {
        return problem;
    }

    /** Runs until the thread is interrupted. */
    void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                step();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One exchange, and the wait that its end asks for. */
    void step() throws InterruptedException {
        Instant sent = clock.instant();
        AgentReport report;
        synchronized (this) {
            news = false;
        }
        report = reports.get();
        Exchange exchange =
                connection.postHeld(PATH, HEADERS, messages.next(report, known).toByteArray(), LONGEST_REPLY);
        if (!hold(exchange)) {
            return;
        }
        try {
            ServerReply reply = exchange.await();
            answered(report, ControlReply.read(reply, messages.instance(), clock.instant()), sent);
        } catch (CancellationException e) {
            LOG.log(Level.FINE, "a held request was given up for a newer report");
        } catch (IOException e) {
            failed(String.valueOf(e.getMessage()), Optional.empty());
        } finally {
            synchronized (this) {
                held = null;
            }
        }
    }

    /** False when there was news between the report and now; the request is given up at once. */
    private synchronized boolean hold(Exchange exchange) {
        if (news) {
            exchange.cancel();
            return false;
        }
        held = exchange;
        return true;
    }

    private void answered(AgentReport report, ControlReply reply, Instant sent) throws InterruptedException {
        if (reply instanceof ControlReply.Understood understood) {
            understood(report, understood, sent);
        } else if (reply instanceof ControlReply.Failed failed) {
            if (failed.refused()) {
                known = null;
            }
            failed(failed.why(), failed.retryAfter());
        }
    }

    private void understood(AgentReport report, ControlReply.Understood reply, Instant sent)
            throws InterruptedException {
        backoff.reset();
        lastContact = clock.instant();
        if (problem != null) {
            LOG.info("the server answers again");
            problem = null;
            onContact.run();
        }
        boolean progress = reply.fullState() && known != null;
        known = reply.fullState() ? null : report;
        Optional<Offer> offer = reply.offer();
        if (offer.isPresent()) {
            progress |= !offer.get().hash().equals(lastOffer);
            lastOffer = offer.get().hash();
            awaitResult(onOffer.apply(offer.get()));
        }
        if (progress || Duration.between(sent, clock.instant()).compareTo(HELD_AT_LEAST) >= 0) {
            pace.reset();
        } else {
            pacePause.atMost(pace.next());
        }
    }

    private static void awaitResult(Future<?> result) throws InterruptedException {
        try {
            result.get(RESULT_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // The round goes on; its end is news of its own.
        } catch (ExecutionException e) {
            LOG.log(Level.WARNING, "a round of sync broke", e.getCause());
        }
    }

    private void failed(String why, Optional<Duration> retryAfter) throws InterruptedException {
        if (!why.equals(problem)) {
            LOG.log(Level.WARNING, "control channel: {0}", why);
            problem = why;
            onContact.run();
        }
        failurePause.atMost(backoff.next(retryAfter));
    }
}
