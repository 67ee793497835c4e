package io.cordon.agent.main;

import io.cordon.agent.adapters.SettingsReport;
import io.cordon.agent.adapters.discovery.Discovery;
import io.cordon.agent.broker.AgentStatus;
import io.cordon.agent.broker.PolicyInForce;
import io.cordon.agent.enrollment.DeviceIdentity;
import io.cordon.agent.enrollment.IdentityStore;
import io.cordon.agent.enrollment.MachineFacts;
import io.cordon.agent.health.Component;
import io.cordon.agent.health.ComponentState;
import io.cordon.agent.health.HealthBoard;
import io.cordon.agent.os.Ledger;
import io.cordon.agent.os.SecretStore;
import io.cordon.agent.sync.Pause;
import io.cordon.agent.telemetry.HostFacts;
import io.cordon.agent.telemetry.Spool;
import io.cordon.agent.telemetry.gateway.TelemetryGateway;
import io.cordon.agent.telemetry.gateway.otlp.ReceiverLimits;
import io.cordon.agent.telemetry.upload.Upload;
import io.cordon.agent.telemetry.upload.WakingSpool;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One running agent, put together. Confinement comes up with the last verified policy before anyone is asked for a newer one;
 * the parts end in the opposite order, so that what the last run recorded still gets away.
 */
final class Agent implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Agent.class.getName());

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final HealthBoard health = new HealthBoard();
    private final PolicyInForce policies = new PolicyInForce();
    private final Spool spool;
    private final long lostBefore;
    private final Spool events;
    private final long eventsLostBefore;
    private final TelemetryGateway gateway;
    private final @Nullable Discovery discovery;
    private final @Nullable Fleet fleet;
    private final CodingAgentSettings managed;
    private final Enforcement enforcement;
    private final Supplier<Optional<String>> enrollmentProblem;

    private Agent(
            RunSettings settings,
            @Nullable DeviceIdentity identity,
            IdentityStore identities,
            SecretStore secrets,
            Supplier<Optional<String>> enrollmentProblem,
            Clock clock)
            throws CommandException {
        this.enrollmentProblem = enrollmentProblem;
        try {
            Pause appended = new Pause();
            Ledger ledger = own(Phases.ledger(settings.layout()));
            spool = own(new WakingSpool(Phases.spool(settings.layout()), appended::wake));
            lostBefore = spool.stats().lost();
            Pause reported = new Pause();
            events = own(new WakingSpool(Phases.eventSpool(settings.layout()), reported::wake));
            eventsLostBefore = events.stats().lost();
            MachineFacts machine = Phases.facts(settings.machine(), secrets);
            byte[] hashKey = Phases.hashKey(secrets);
            // Told to nobody but the server, so looked for only where there is one.
            discovery = identity == null
                    ? null
                    : own(settings.machine()
                            .discovery(
                                    () -> policies.current().policy(),
                                    hashKey,
                                    this::settings,
                                    this::inventoryChanged,
                                    clock));
            fleet = identity == null
                    ? null
                    : own(Fleet.of(
                            identity,
                            identities,
                            machine,
                            settings.layout(),
                            policies,
                            health,
                            this::inventory,
                            new Fleet.Outgoing(spool, appended),
                            new Fleet.Outgoing(events, reported),
                            clock));
            HostFacts host = new HostFacts(
                    identity == null ? "unenrolled" : identity.endpointId(),
                    machine.hostname(),
                    machine.os(),
                    machine.agentVersion());
            gateway = own(gateway(settings, host, hashKey, clock));
            managed = CodingAgentSettings.of(settings, machine.os(), ledger, policies, gateway, hashKey, health, clock);
            enforcement = own(Enforcement.start(
                    settings, ledger, spool, hashKey, host, policies, this::status, health, gateway, clock));
            policies.onReplace(this::follow);
        } catch (CommandException e) {
            close();
            throw e;
        }
    }

    private TelemetryGateway gateway(RunSettings settings, HostFacts host, byte[] hashKey, Clock clock) {
        return new TelemetryGateway(
                new TelemetryGateway.Parts(
                        settings.machine().senders(),
                        events,
                        () -> policies.current().policy().telemetry(),
                        host,
                        hashKey,
                        ProcessHandle.current().pid(),
                        clock),
                settings.gateway(),
                ReceiverLimits.DEFAULT);
    }

    private <T extends AutoCloseable> T own(T part) {
        parts.push(part);
        return part;
    }

    /**
     * @param enrollmentProblem why an enrollment that is pending has not succeeded
     * @param identity null before enrollment: then the strictest policy is in force and nobody is contacted
     */
    static Agent start(
            RunSettings settings,
            @Nullable DeviceIdentity identity,
            IdentityStore identities,
            SecretStore secrets,
            Supplier<Optional<String>> enrollmentProblem,
            Clock clock)
            throws CommandException {
        Agent agent = new Agent(settings, identity, identities, secrets, enrollmentProblem, clock);
        if (agent.fleet == null) {
            agent.health.set(Component.POLICY, ComponentState.ill("not enrolled: every command is denied"));
        } else {
            agent.fleet.start();
            agent.startDiscovery();
        }
        agent.tick();
        LOG.info(agent.summary());
        return agent;
    }

    private String inventory() {
        return discovery == null ? "" : discovery.report();
    }

    private void inventoryChanged() {
        if (fleet != null) {
            fleet.link().inventoryChanged();
        }
    }

    private void startDiscovery() {
        if (discovery != null) {
            discovery.start();
        }
    }

    /** What is to be looked at once in a while; quick. */
    void tick() {
        if (discovery != null) {
            discovery.tick();
        }
        enforcement.tend();
        follow();
        health.set(Component.GATEWAY, gatewayState());
        health.set(Component.SPOOL, Upload.state(spool.stats(), lostBefore, fleet == null ? null : fleet.upload()));
    }

    /** What is to be as the policy says as soon as it says so. Settings name the gateway's ports, so it goes first. */
    private void follow() {
        gateway.tick();
        managed.tick();
    }

    /** How the managed settings of coding agents stand. */
    List<SettingsReport> settings() {
        return managed.reports();
    }

    private ComponentState gatewayState() {
        @Nullable String problem = gateway.problem();
        if (problem != null) {
            return ComponentState.ill(problem);
        }
        if (gateway.listening().isEmpty()) {
            return ComponentState.well("off, as the policy says");
        }
        ComponentState way = Upload.state(events.stats(), eventsLostBefore, fleet == null ? null : fleet.events());
        return way.healthy() ? ComponentState.well("takes what coding agents report") : way;
    }

    private AgentStatus status() {
        return link().withSettings(managed.reports());
    }

    private AgentStatus link() {
        if (fleet == null) {
            return new AgentStatus(
                    null,
                    null,
                    "not-enrolled",
                    null,
                    null,
                    List.of(),
                    enrollmentProblem
                            .get()
                            .orElse("enroll this machine: cordon-agent enroll --server URL --token-file FILE"));
        }
        return fleet.link().status();
    }

    /** One line for the service manager. */
    String summary() {
        AgentStatus status = status();
        return (status.endpointId() == null ? "not enrolled" : "endpoint " + status.endpointId()) + ", policy "
                + policies.current().policy().name() + " v"
                + policies.current().policy().revision();
    }

    @Override
    public void close() {
        policies.onReplace(() -> {});
        // Newest first: confinement ends, what it recorded at its end is flushed by the upload, then the files close.
        while (!parts.isEmpty()) {
            AutoCloseable part = parts.pop();
            try {
                part.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                LOG.log(Level.WARNING, "a part did not end in order", e);
            }
        }
    }
}
