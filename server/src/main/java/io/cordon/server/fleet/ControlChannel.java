package io.cordon.server.fleet;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Decides when an endpoint is answered: at once when there is something it does not have, otherwise when something is published
 * or its hold ends. A held reply is an entry in a map and a timer; no thread waits.
 */
@ApplicationScoped
class ControlChannel {

    /** Held replies end this long before the process does. */
    private static final Duration FAREWELL = Duration.ofMillis(300);

    private final HeadWatch watch;
    private final FleetConfig config;
    private final InstantSource clock;
    private final Vertx vertx;
    private final Map<UUID, Held> held = new ConcurrentHashMap<>();
    private final Map<UUID, Offer> offers = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    ControlChannel(HeadWatch watch, FleetConfig config, InstantSource clock, Vertx vertx, MeterRegistry meters) {
        this.watch = watch;
        this.config = config;
        this.clock = clock;
        this.vertx = vertx;
        watch.onChange(head -> answerAll());
        meters.gauge("cordon.fleet.held.replies", held, Map::size);
    }

    private record Offer(byte[] hash, Instant at) {}

    /** One held reply. */
    private record Held(UniEmitter<? super Boolean> emitter, long timer) {}

    /**
     * Holds the reply for an endpoint. Emits whether what is published must be offered.
     *
     * @param appliedHash hash of the offer that the endpoint last took, empty when none
     * @param atOnce whether there is another reason to answer now
     */
    Uni<Boolean> reply(UUID endpointId, byte[] appliedHash, boolean atOnce) {
        PublishedHead head = watch.head();
        if (mustOffer(endpointId, head, appliedHash)) {
            return Uni.createFrom().item(true);
        }
        if (atOnce || stopping) {
            return Uni.createFrom().item(false);
        }
        return Uni.createFrom().<Boolean>emitter(emitter -> hold(endpointId, head, emitter));
    }

    /** Notes an offer that is being made, and says whether it is due. */
    private boolean mustOffer(UUID endpointId, PublishedHead head, byte[] appliedHash) {
        if (head.isNone() || head.hasHash(appliedHash)) {
            return false;
        }
        Offer last = offers.get(endpointId);
        Instant now = clock.instant();
        if (last != null
                && Arrays.equals(last.hash(), head.hash())
                && last.at().plus(config.reoffer()).isAfter(now)) {
            return false;
        }
        offers.put(endpointId, new Offer(head.hash(), now));
        return true;
    }

    private void hold(UUID endpointId, PublishedHead seen, UniEmitter<? super Boolean> emitter) {
        long jitter = Math.max(1, config.jitter().toMillis());
        long millis = Math.max(
                1, config.hold().toMillis() - ThreadLocalRandom.current().nextLong(jitter));
        long timer = vertx.setTimer(millis, id -> answer(endpointId, emitter, false));
        Held before = held.put(endpointId, new Held(emitter, timer));
        if (before != null) {
            // The endpoint has asked anew; whoever waits for the older reply is gone or a second process.
            vertx.cancelTimer(before.timer());
            before.emitter().complete(false);
        }
        emitter.onTermination(() -> forget(endpointId, emitter));
        if (!watch.head().equals(seen) || stopping) {
            // Published between looking and holding.
            answer(endpointId, emitter, !stopping);
        }
    }

    private void answer(UUID endpointId, UniEmitter<? super Boolean> emitter, boolean published) {
        if (forget(endpointId, emitter)) {
            if (published) {
                offers.put(endpointId, new Offer(watch.head().hash(), clock.instant()));
            }
            emitter.complete(published);
        }
    }

    private boolean forget(UUID endpointId, UniEmitter<? super Boolean> emitter) {
        Held entry = held.get(endpointId);
        if (entry == null || entry.emitter() != emitter || !held.remove(endpointId, entry)) {
            return false;
        }
        vertx.cancelTimer(entry.timer());
        return true;
    }

    private void answerAll() {
        List.copyOf(held.entrySet())
                .forEach(entry -> answer(entry.getKey(), entry.getValue().emitter(), true));
    }

    /** How many replies are held. */
    int waiting() {
        return held.size();
    }

    /** Offers are forgotten when they no longer hold anything back. */
    @Scheduled(every = "1m", delayed = "1m")
    void sweep() {
        Instant from = clock.instant().minus(config.reoffer());
        offers.values().removeIf(offer -> offer.at().isBefore(from));
    }

    /** Answers everybody before the server stops listening: a restart is silent for the endpoints. */
    void onStop(@Observes @Priority(1) ShutdownEvent event) throws InterruptedException {
        stopping = true;
        boolean any = !held.isEmpty();
        List.copyOf(held.entrySet())
                .forEach(entry -> answer(entry.getKey(), entry.getValue().emitter(), false));
        if (any) {
            Thread.sleep(FAREWELL.toMillis());
        }
    }
}
