package io.cordon.server.trust;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Begins the repository at the first start and keeps its metadata from expiring. Every node asks; the row lock of the head is
 * the lease, and what one node renewed is no longer due for the next.
 */
@ApplicationScoped
class RepositoryUpkeep {
    private static final Logger LOG = Logger.getLogger(RepositoryUpkeep.class);

    private final SignedRepository repository;

    RepositoryUpkeep(SignedRepository repository) {
        this.repository = repository;
    }

    void start(@Observes @Priority(100) StartupEvent event) {
        repository.begin();
        renew();
    }

    @Scheduled(every = "1m", delayed = "1m", concurrentExecution = ConcurrentExecution.SKIP)
    void renew() {
        // at most one action each for root, targets, snapshot and timestamp
        for (int i = 0; i < 4; i++) {
            Optional<String> action = repository.renew();
            if (action.isEmpty()) {
                return;
            }
            LOG.infof("%s", action.get());
        }
    }
}
