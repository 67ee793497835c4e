package io.cordon.server.fleet;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Whether this node hears of publications. */
@Readiness
@ApplicationScoped
class FleetReadiness implements HealthCheck {

    private final HeadWatch watch;
    private final ControlChannel channel;

    FleetReadiness(HeadWatch watch, ControlChannel channel) {
        this.watch = watch;
        this.channel = channel;
    }

    @Override
    public HealthCheckResponse call() {
        boolean listening = watch.isListening();
        return HealthCheckResponse.named("fleet")
                .status(listening)
                .withData("property", "cordon.database.url")
                .withData(
                        "consequence",
                        listening
                                ? "publications reach endpoints at once"
                                : "not listening on the database: endpoints hear of publications late or not at all")
                .withData("heldReplies", channel.waiting())
                .build();
    }
}
