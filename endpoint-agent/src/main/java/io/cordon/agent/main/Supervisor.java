package io.cordon.agent.main;

import io.cordon.agent.enrollment.DeviceIdentity;
import io.cordon.agent.enrollment.IdentityStore;
import io.cordon.agent.os.SecretStore;
import io.cordon.agent.os.ServiceHost;
import io.cordon.agent.sync.Backoff;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one agent running: gives signs of life to the service manager, brings the spawner back, and starts the agent anew when
 * this machine is enrolled (again) beside it. Without an identity the agent runs all the same, under the strictest policy.
 */
final class Supervisor {
    private static final Logger LOG = Logger.getLogger(Supervisor.class.getName());
    private static final Duration TICK = Duration.ofSeconds(1);

    private final RunSettings settings;
    private final ServiceHost host;
    private final Clock clock;
    private final CountDownLatch stop;
    private final SecretStore secrets;
    private final IdentityStore identities;

    /** @param stop counted down when the agent is to end */
    Supervisor(RunSettings settings, ServiceHost host, Clock clock, CountDownLatch stop) {
        this.settings = settings;
        this.host = host;
        this.clock = clock;
        this.stop = stop;
        this.secrets = settings.machine().secrets(settings.layout());
        this.identities = new IdentityStore(secrets);
    }

    void run() throws CommandException, InterruptedException {
        PendingEnrollment pending = new PendingEnrollment(
                settings.layout(),
                settings.machine().managedServer().map(Machine.Managed::value),
                (server, token) -> EnrollCommand.enroll(
                        settings.machine(), settings.layout(), secrets, clock, server, token, null));
        try (EnrollmentWatch watch = EnrollmentWatch.start(pending, new Backoff(new Random()))) {
            run(watch);
        }
    }

    private void run(EnrollmentWatch watch) throws CommandException, InterruptedException {
        boolean again = true;
        while (again) {
            Optional<FileTime> stamp = stamp();
            @Nullable
            DeviceIdentity identity = Phases.identity(identities) instanceof IdentityStore.Loaded.Enrolled enrolled
                    ? enrolled.identity()
                    : null;
            try (Agent agent = Agent.start(settings, identity, identities, secrets, watch::problem, clock)) {
                host.ready(agent.summary());
                again = tend(agent, identity, stamp);
                if (!again) {
                    host.stopping();
                    LOG.info("stopping");
                }
            }
        }
    }

    /** True when the agent is to be started anew. */
    private boolean tend(Agent agent, @Nullable DeviceIdentity identity, Optional<FileTime> known)
            throws InterruptedException, CommandException {
        Optional<FileTime> stamp = known;
        Instant nextSign = Instant.EPOCH;
        while (!stop.await(TICK.toMillis(), TimeUnit.MILLISECONDS)) {
            agent.tick();
            Instant now = clock.instant();
            if (host.watchdogInterval().isPresent() && !now.isBefore(nextSign)) {
                host.alive();
                nextSign = now.plus(host.watchdogInterval().get().dividedBy(2));
            }
            Optional<FileTime> newer = stamp();
            if (!newer.equals(stamp)) {
                stamp = newer;
                if (enrolledAnew(identity)) {
                    LOG.log(Level.INFO, "this machine was enrolled; the agent takes up the new identity");
                    return true;
                }
            }
        }
        return false;
    }

    /** A renewed certificate also writes the identity; only another enrollment makes another agent. */
    private boolean enrolledAnew(@Nullable DeviceIdentity before) throws CommandException {
        return Phases.identity(identities) instanceof IdentityStore.Loaded.Enrolled now
                && (before == null || !now.identity().enrolledAt().equals(before.enrolledAt()));
    }

    private Optional<FileTime> stamp() throws CommandException {
        Path file = settings.layout().identity().resolve("endpoint.json");
        try {
            return Optional.of(Files.getLastModifiedTime(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new CommandException(ExitCode.IO, file + " cannot be read: " + e.getMessage());
        }
    }
}
