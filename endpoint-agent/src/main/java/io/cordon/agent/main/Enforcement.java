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
import io.cordon.agent.os.LivePlaceholders;
import io.cordon.agent.os.linux.LinuxFileAccess;
import io.cordon.agent.os.linux.LinuxNetworkFence;
import io.cordon.agent.os.linux.PasswdUsers;
import io.cordon.agent.os.linux.RealFileProbe;
import io.cordon.agent.os.linux.SpawnerLink;
import io.cordon.agent.provision.Provisioner;
import io.cordon.agent.telemetry.HostFacts;
import io.cordon.agent.telemetry.RunRecorder;
import io.cordon.agent.telemetry.Spool;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The side of the agent that confines: from the local socket to the record. Works without any server. */
final class Enforcement implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Enforcement.class.getName());

    private final RunSettings settings;
    private final Provisioner provisioner;
    private final RunRecorder recorder;
    private final Egress egress;
    private final Broker broker;
    private final HealthBoard health;
    private volatile boolean ended;

    private Enforcement(
            RunSettings settings,
            Provisioner provisioner,
            RunRecorder recorder,
            Egress egress,
            Broker broker,
            HealthBoard health) {
        this.settings = settings;
        this.provisioner = provisioner;
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
            Clock clock)
            throws CommandException {
        Path bubblewrap = settings.installation().bubblewrap();
        Provisioner provisioner = new Provisioner(settings.layout(), ledger);
        RunRecorder recorder;
        try {
            provisioner.recover();
            recorder = RunRecorder.open(settings.layout().spool(), spool, () -> host, hashKey, clock);
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.IO, "the agent's folders cannot be used: " + e.getMessage() + ". Check space and owners");
        }
        Egress egress = Egress.start(settings.egress(), spool, host, clock);
        List<Path> hidden = settings.hidden();
        LivePlaceholders placeholders = new LivePlaceholders(clock);
        SpawnerLink link = new SpawnerLink(
                settings.installation().spawner(), settings.layout().socket(), bubblewrap, hidden);
        BrokerPorts ports = new BrokerPorts(
                link,
                link,
                new LinuxFileAccess(new RealFileProbe(), hidden, placeholders),
                new LinuxNetworkFence(egress.port()),
                new PasswdUsers());
        Broker broker = new Broker(
                ports,
                policies,
                recorder,
                ledger,
                placeholders,
                egress.door(),
                status,
                "linux",
                BrokerLimits.DEFAULT,
                clock);
        Enforcement enforcement = new Enforcement(settings, provisioner, recorder, egress, broker, health);
        try {
            broker.start(enforcement::ended);
        } catch (IOException e) {
            enforcement.close();
            throw new CommandException(ExitCode.OS, "commands cannot be confined: " + e.getMessage());
        }
        enforcement.judge();
        return enforcement;
    }

    private void ended(String why) {
        LOG.log(Level.SEVERE, "every run is over: {0}", why);
        ended = true;
        judge();
    }

    /** Opens the local channel again after the spawner died; called now and then. */
    void restartIfEnded() {
        if (!ended) {
            return;
        }
        try {
            provisioner.recover();
            ended = false;
            broker.start(this::ended);
            LOG.info("the spawner runs again");
        } catch (IOException e) {
            ended = true;
            LOG.log(Level.WARNING, "the spawner cannot be started: {0}", e.getMessage());
        }
        judge();
    }

    private void judge() {
        @Nullable String problem = broker.health().enforcement();
        health.set(
                Component.ENFORCEMENT,
                problem == null ? ComponentState.well("commands are confined") : ComponentState.ill(problem));
    }

    @Override
    public void close() {
        broker.close();
        egress.close();
        recorder.close();
    }
}
