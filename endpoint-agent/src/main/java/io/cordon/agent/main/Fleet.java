package io.cordon.agent.main;

import io.cordon.agent.broker.PolicyInForce;
import io.cordon.agent.enrollment.DeviceIdentity;
import io.cordon.agent.enrollment.IdentityStore;
import io.cordon.agent.enrollment.MachineFacts;
import io.cordon.agent.enrollment.ServerConnection;
import io.cordon.agent.enrollment.TimeLimits;
import io.cordon.agent.health.HealthBoard;
import io.cordon.agent.provision.AgentLayout;
import io.cordon.agent.sync.FleetLink;
import io.cordon.agent.sync.Pause;
import io.cordon.agent.telemetry.Spool;
import io.cordon.agent.telemetry.upload.Destination;
import io.cordon.agent.telemetry.upload.Upload;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Random;
import java.util.function.Supplier;

/** The side of the agent that talks to the server: the link and the upload of one identity. */
final class Fleet implements AutoCloseable {
    private final FleetLink link;
    private final Upload upload;
    private final Upload events;

    private Fleet(FleetLink link, Upload upload, Upload events) {
        this.link = link;
        this.upload = upload;
        this.events = events;
    }

    /** A spool and what wakes its upload. */
    record Outgoing(Spool spool, Pause appended) {}

    /** Restores the policy in force; talks to nobody yet. */
    static Fleet of(
            DeviceIdentity identity,
            IdentityStore identities,
            MachineFacts machine,
            AgentLayout layout,
            PolicyInForce policies,
            HealthBoard health,
            Supplier<String> inventory,
            Outgoing runs,
            Outgoing events,
            Clock clock)
            throws CommandException {
        Random random = new Random();
        try {
            ServerConnection connection = new ServerConnection(identity, TimeLimits.standard(), clock);
            FleetLink link = new FleetLink(new FleetLink.Parts(
                    connection,
                    identities,
                    machine,
                    layout.trust(),
                    layout.policy(),
                    policies,
                    health,
                    inventory,
                    clock,
                    random));
            return new Fleet(
                    link,
                    upload(Destination.TRACES, connection, runs, layout.spool(), clock, random),
                    upload(Destination.LOGS, connection, events, layout.eventSpool(), clock, random));
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.DATA_CORRUPT,
                    "the stored policies cannot be read: " + e.getMessage()
                            + ". Check the disk; if the folder is damaged, \"cordon-agent uninstall\" and enroll again");
        } catch (GeneralSecurityException e) {
            throw new CommandException(
                    ExitCode.DATA_CORRUPT,
                    "the identity cannot be used: " + e.getMessage()
                            + ". Run \"cordon-agent uninstall\" and enroll again");
        }
    }

    private static Upload upload(
            Destination destination,
            ServerConnection connection,
            Outgoing outgoing,
            Path spool,
            Clock clock,
            Random random)
            throws IOException {
        Path refused = spool.resolve("quarantine");
        return new Upload(destination, connection, outgoing.spool(), outgoing.appended(), refused, clock, random);
    }

    void start() {
        link.start();
        upload.start();
        events.start();
    }

    FleetLink link() {
        return link;
    }

    Upload upload() {
        return upload;
    }

    Upload events() {
        return events;
    }

    @Override
    public void close() {
        link.close();
        upload.close();
        events.close();
    }
}
