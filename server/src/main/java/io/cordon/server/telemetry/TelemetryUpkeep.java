package io.cordon.server.telemetry;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/** Makes the partition of the next day in time and drops what is older than it may be kept. One node at a time. */
@ApplicationScoped
class TelemetryUpkeep {
    private static final Logger LOG = Logger.getLogger(TelemetryUpkeep.class);
    /** The lease: held by the connection, so a node that dies gives it up. */
    private static final long LEASE = 0x636f_7264_7265_7461L;

    private final TelemetryStore store;
    private final TelemetryConfig config;
    private final InstantSource clock;
    private final DataSource database;

    TelemetryUpkeep(TelemetryStore store, TelemetryConfig config, InstantSource clock, DataSource database) {
        this.store = store;
        this.config = config;
        this.clock = clock;
        this.database = database;
    }

    void start(@Observes StartupEvent event) {
        store.prepare(clock.instant());
    }

    @Scheduled(every = "1h", delayed = "5m", concurrentExecution = ConcurrentExecution.SKIP)
    void run() {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            try (ResultSet row = statement.executeQuery("SELECT pg_try_advisory_lock(" + LEASE + ")")) {
                if (!row.next() || !row.getBoolean(1)) {
                    return;
                }
            }
            try {
                retain();
            } finally {
                statement.execute("SELECT pg_advisory_unlock(" + LEASE + ")");
            }
        } catch (SQLException e) {
            LOG.warnf(e, "telemetry upkeep has to wait for the database");
        }
    }

    void retain() {
        Instant now = clock.instant();
        store.prepare(now);
        store.prepare(now.plus(Duration.ofDays(1)));
        store.removeBefore(now.minus(config.retention()), now.minus(config.contentRetention()));
    }
}
