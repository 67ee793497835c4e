package io.cordon.agent.main;

import io.cordon.agent.broker.BrokerPorts;
import io.cordon.agent.health.ComponentState;
import io.cordon.agent.os.Ledger;
import io.cordon.agent.os.LivePlaceholders;
import io.cordon.agent.os.NetworkBoundary;
import io.cordon.agent.os.linux.LinuxFileAccess;
import io.cordon.agent.os.linux.LinuxNetworkFence;
import io.cordon.agent.os.linux.PasswdUsers;
import io.cordon.agent.os.linux.RealFileProbe;
import io.cordon.agent.os.linux.SpawnerLink;
import io.cordon.agent.provision.Provisioner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** bubblewrap, through the spawner. */
final class LinuxConfinement implements Confinement {
    private final Provisioner provisioner;
    private final LivePlaceholders placeholders;
    private final BrokerPorts ports;

    /** @throws CommandException when bubblewrap is missing */
    LinuxConfinement(RunSettings settings, int proxyPort, Ledger ledger, Clock clock) throws CommandException {
        Path bubblewrap = settings.installation().bubblewrap();
        List<Path> hidden = settings.hidden();
        provisioner = new Provisioner(settings.layout(), ledger);
        placeholders = new LivePlaceholders(clock);
        SpawnerLink link = new SpawnerLink(
                settings.installation().spawner(), settings.layout().socket(), bubblewrap, hidden);
        ports = new BrokerPorts(
                link,
                link,
                new LinuxFileAccess(new RealFileProbe(), hidden, placeholders),
                new LinuxNetworkFence(proxyPort),
                new PasswdUsers());
    }

    @Override
    public BrokerPorts ports() {
        return ports;
    }

    @Override
    public LivePlaceholders placeholders() {
        return placeholders;
    }

    @Override
    public String os() {
        return "linux";
    }

    @Override
    public void recover() throws IOException {
        provisioner.recover();
    }

    @Override
    public void tend(NetworkBoundary boundary) {
        // Every run has namespaces of its own; nothing stands between runs.
    }

    @Override
    public ComponentState state() {
        return ComponentState.well("commands are confined");
    }

    @Override
    public void close() {
        // The spawner ends with the channel, which the broker closes.
    }
}
