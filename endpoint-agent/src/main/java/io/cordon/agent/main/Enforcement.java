package io.cordon.agent.main;

import io.cordon.agent.broker.AgentStatus;
import io.cordon.agent.broker.Broker;
import io.cordon.agent.broker.BrokerLimits;
import io.cordon.agent.broker.BrokerPorts;
import io.cordon.agent.broker.PolicyInForce;
import io.cordon.agent.health.Component;
import io.cordon.agent.health.ComponentState;
import io.cordon.agent.health.HealthBoard;
import io.cordon.agent.os.Ledger;
import io.cordon.agent.telemetry.HostFacts;
import io.cordon.agent.telemetry.RunRecorder;
import io.cordon.agent.telemetry.Spool;
import io.cordon.agent.telemetry.gateway.TelemetryGateway;
import java.io.IOException;
import java.time.Clock;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The side of the agent that confines: from the local socket to the record. Works without any server. */
final class Enforcement implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Enforcement.class.getName());

    private final Confinement confinement;
    private final PolicyInForce policies;
    private final RunRecorder recorder;
    private final GatewayReach reach;
    private final Egress egress;
    private final Broker broker;
    private final HealthBoard health;
    private volatile boolean ended;

    private Enforcement(
            Confinement confinement,
            PolicyInForce policies,
            RunRecorder recorder,
            GatewayReach reach,
            Egress egress,
            Broker broker,
            HealthBoard health) {
        this.confinement = confinement;
        this.policies = policies;
        this.reach = reach;
        this.recorder = recorder;
        this.egress = egress;
        this.broker = broker;
        this.health = health;
    }

    /**
     * Begins to answer local requests.
     *
     * @throws CommandException when this machine lacks what confining takes
     */
    static Enforcement start(
            RunSettings settings,
            Ledger ledger,
            Spool spool,
            byte[] hashKey,
            HostFacts host,
            PolicyInForce policies,
            Supplier<AgentStatus> status,
            HealthBoard health,
            TelemetryGateway gateway,
            Clock clock)
            throws CommandException {
        Egress egress = Egress.start(settings.egress(), spool, host, clock);
        Confinement confinement;
        try {
            confinement = settings.machine()
                    .confinement(
                            settings, ledger, () -> policies.current().digest().hex(), egress.port(), clock);
        } catch (CommandException e) {
            egress.close();
            throw e;
        }
        RunRecorder recorder;
        try {
            confinement.recover();
            recorder = RunRecorder.open(settings.layout().spool(), spool, () -> host, hashKey, clock);
        } catch (IOException e) {
            confinement.close();
            egress.close();
            throw new CommandException(
                    ExitCode.IO, "the agent's folders cannot be used: " + e.getMessage() + ". Check space and owners");
        }
        gateway.observers().forEach(recorder::observe);
        BrokerPorts ports = confinement.ports();
        GatewayReach reach = new GatewayReach(ports.network(), gateway::listening);
        Broker broker = new Broker(
                new BrokerPorts(ports.channel(), ports.launcher(), ports.files(), reach, ports.users()),
                policies,
                recorder,
                ledger,
                confinement.placeholders(),
                egress.door(),
                status,
                confinement.os(),
                settings.installation().launcher(settings.machine()).toString(),
                gateway.hooks()::keep,
                BrokerLimits.DEFAULT,
                clock);
        Enforcement enforcement = new Enforcement(confinement, policies, recorder, reach, egress, broker, health);
        try {
            broker.start(enforcement::ended);
        } catch (IOException e) {
            enforcement.close();
            throw new CommandException(ExitCode.OS, "commands cannot be confined: " + e.getMessage());
        }
        enforcement.tend();
        return enforcement;
    }

    private void ended(String why) {
        LOG.log(Level.SEVERE, "every run is over: {0}", why);
        ended = true;
        judge();
    }

    /** Keeps the machine at what the policy in force asks, and opens the local channel again after it ended; called now and then. */
    void tend() {
        if (ended) {
            restart();
        }
        confinement.tend(reach.widened(policies.current().network()));
        judge();
    }

    private void restart() {
        try {
            confinement.recover();
            ended = false;
            broker.start(this::ended);
            LOG.info("commands are confined again");
        } catch (IOException e) {
            ended = true;
            LOG.log(Level.WARNING, "commands cannot be confined: {0}", e.getMessage());
        }
    }

    private void judge() {
        @Nullable String problem = broker.health().enforcement();
        health.set(Component.ENFORCEMENT, problem == null ? confinement.state() : ComponentState.ill(problem));
    }

    @Override
    public void close() {
        broker.close();
        egress.close();
        recorder.close();
        confinement.close();
    }
}
