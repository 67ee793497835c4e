package io.cordon.server.fleet;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Times of last contact, gathered here and written many at once: a call costs no write. What cannot be written is kept. */
@ApplicationScoped
public class Contacts {

    private static final Logger LOG = Logger.getLogger(Contacts.class);

    private final FleetStore store;
    private final InstantSource clock;
    private Map<UUID, Instant> pending = new HashMap<>();

    Contacts(FleetStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    public synchronized void heardOf(UUID endpointId) {
        pending.put(endpointId, clock.instant());
    }

    @Scheduled(every = "${cordon.fleet.contacts-every:5s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void flush() {
        Map<UUID, Instant> batch = take();
        if (batch.isEmpty()) {
            return;
        }
        try {
            store.touch(batch);
        } catch (RuntimeException e) {
            LOG.warnf("times of last contact could not be written, and will be with the next: %s", e.getMessage());
            giveBack(batch);
        }
    }

    private synchronized Map<UUID, Instant> take() {
        Map<UUID, Instant> batch = pending;
        pending = new HashMap<>();
        return batch;
    }

    private synchronized void giveBack(Map<UUID, Instant> batch) {
        batch.forEach(pending::putIfAbsent);
    }

    void onStop(@Observes ShutdownEvent event) {
        flush();
    }
}
