package io.cordon.agent.sync;

import io.cordon.agent.broker.AgentStatus;
import io.cordon.agent.broker.PolicyInForce;
import io.cordon.agent.enrollment.CertificateRenewal;
import io.cordon.agent.enrollment.DeviceCertificate;
import io.cordon.agent.enrollment.DeviceIdentity;
import io.cordon.agent.enrollment.IdentityStore;
import io.cordon.agent.enrollment.MachineFacts;
import io.cordon.agent.enrollment.ServerConnection;
import io.cordon.agent.health.CertificateCheck;
import io.cordon.agent.health.ClockCheck;
import io.cordon.agent.health.Component;
import io.cordon.agent.health.ComponentState;
import io.cordon.agent.health.HealthBoard;
import io.cordon.policy.model.EndpointFacts;
import io.cordon.policy.trust.FileTrustStore;
import io.cordon.policy.trust.Limits;
import io.cordon.policy.trust.TrustClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * An enrolled endpoint's link to its fleet: restores the policy in force at construction, without any network, and from
 * {@link #start()} on keeps in touch. One link belongs to one identity; enrolling anew takes a new link.
 */
public final class FleetLink implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(FleetLink.class.getName());
    private static final Duration TICK = Duration.ofSeconds(5);

    private final ServerConnection connection;
    private final HealthBoard health;
    private final Supplier<String> inventory;
    private final InstantSource clock;
    private final PolicyKeeper keeper;
    private final SyncLoop sync;
    private final ControlChannel control;
    private final CertificateRenewal renewal;
    private final RenewalTimer renewals;
    private final List<Thread> threads;
    private final Runnable tellServer;

    /**
     * What a link works with.
     *
     * @param trust folder of the verified repository
     * @param policy folder of the policy applied last
     * @param inventory of the coding agents on the machine, as JSON; empty before there is one
     */
    public record Parts(
            ServerConnection connection,
            IdentityStore identities,
            MachineFacts machine,
            Path trust,
            Path policy,
            PolicyInForce inForce,
            HealthBoard health,
            Supplier<String> inventory,
            InstantSource clock,
            RandomGenerator random) {}

    /** @throws IOException when the folders cannot be used */
    public FleetLink(Parts parts) throws IOException {
        this.connection = parts.connection();
        this.health = parts.health();
        this.inventory = parts.inventory();
        this.clock = parts.clock();
        DeviceIdentity identity = connection.identity();
        AppliedPolicyFile applied = new AppliedPolicyFile(parts.policy());
        TrustClient trust = new TrustClient(
                new FileTrustStore(parts.trust()), new RepositoryFetcher(connection), clock, Limits.standard());
        this.keeper = new PolicyKeeper(parts.inForce(), facts(identity, parts.machine()), applied, health, clock);
        new Restore(trust, applied, keeper).run();
        PolicySync rounds = new PolicySync(trust, keeper, clock);
        this.sync = new SyncLoop(rounds::run, keeper, clock, parts.random(), this::newsFromSync, new Pause());
        this.control = new ControlChannel(
                connection,
                new ReportMessages(identity.endpointId(), parts.machine(), clock.instant()),
                this::report,
                sync::request,
                this::newsFromContact,
                clock,
                parts.random(),
                new Pause());
        this.tellServer = control::changed;
        this.renewal = new CertificateRenewal(parts.identities(), connection, clock, parts.random());
        this.renewals = new RenewalTimer(renewal, clock, parts.random());
        this.threads = List.of(
                thread("cordon-sync", sync::run),
                thread("cordon-control", control::run),
                thread("cordon-timer", this::tickUntilInterrupted));
        judge();
    }

    private static EndpointFacts facts(DeviceIdentity identity, MachineFacts machine) {
        DeviceCertificate certificate = identity.certificate();
        return new EndpointFacts(
                identity.endpointId(), machine.os(), machine.hostname(), certificate.groups(), certificate.tags());
    }

    private static Thread thread(String name, Runnable body) {
        Thread thread = new Thread(body, name);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler(
                (which, failure) -> LOG.log(Level.SEVERE, which.getName() + " ended unexpectedly", failure));
        return thread;
    }

    /** Begins to talk to the server. */
    public void start() {
        health.onChange(tellServer);
        threads.forEach(Thread::start);
    }

    private void newsFromSync() {
        judge();
        control.changed();
    }

    private void newsFromContact() {
        judge();
        if (control.problem() == null) {
            sync.contact();
        }
    }

    private AgentReport report() {
        return new AgentReport(keeper.inForce(), health.report(), sync.last(), inventory.get());
    }

    /** The inventory has changed: it is sent without waiting. */
    public void inventoryChanged() {
        control.changed();
    }

    private void tickUntilInterrupted() {
        Pause pause = new Pause();
        try {
            while (!Thread.currentThread().isInterrupted()) {
                renewals.tick();
                judge();
                pause.atMost(TICK);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void judge() {
        DeviceCertificate certificate = connection.identity().certificate();
        health.set(
                Component.CERTIFICATE,
                CertificateCheck.judge(
                        clock.instant(), certificate.notBefore(), certificate.notAfter(), renewal.due()));
        health.set(Component.CLOCK, ClockCheck.judge(connection.clockSkew()));
        health.set(Component.SYNC, syncState());
    }

    private ComponentState syncState() {
        if (connection.disabled()) {
            return ComponentState.ill(
                    "an administrator disabled this endpoint; the last verified policy stays in force");
        }
        @Nullable String unreachable = control.problem();
        if (unreachable != null) {
            return ComponentState.ill(unreachable);
        }
        return sync.last()
                .map(last -> last.applied() ? ComponentState.well("in step") : ComponentState.ill(last.reason()))
                .orElse(ComponentState.well("starting"));
    }

    /** For {@code cordon status}. */
    public AgentStatus status() {
        DeviceIdentity identity = connection.identity();
        return new AgentStatus(
                identity.endpointId(),
                identity.server().toString(),
                connection.disabled() ? "disabled" : "enrolled",
                control.lastContact(),
                keeper.inForce().staleSince().orElse(null),
                List.of(),
                health.report().problem().orElse(null));
    }

    /** Ends the link; what is in force stays in force. */
    @Override
    public void close() {
        health.removeListener(tellServer);
        threads.forEach(Thread::interrupt);
        for (Thread thread : threads) {
            try {
                thread.join(TICK.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
