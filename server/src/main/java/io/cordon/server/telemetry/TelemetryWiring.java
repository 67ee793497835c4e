package io.cordon.server.telemetry;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.InstantSource;
import javax.sql.DataSource;

/** Which store telemetry goes to: the one place that another engine has to change. */
final class TelemetryWiring {

    @Produces
    @ApplicationScoped
    TelemetryStore store(DataSource database, InstantSource clock) {
        return new PostgresTelemetryStore(database, clock);
    }
}
