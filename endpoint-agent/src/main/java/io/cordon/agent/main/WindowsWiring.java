package io.cordon.agent.main;

import io.cordon.agent.os.Ledger;
import io.cordon.agent.os.LivePlaceholders;
import io.cordon.agent.os.windows.Sid;
import io.cordon.agent.os.windows.access.AclProvisioner;
import io.cordon.agent.os.windows.access.CapabilitySids;
import io.cordon.agent.os.windows.access.Trustees;
import io.cordon.agent.os.windows.access.WindowsFileAccess;
import io.cordon.agent.os.windows.access.WindowsPlaces;
import io.cordon.agent.os.windows.accounts.LockoutPolicy;
import io.cordon.agent.os.windows.accounts.ProfileHiding;
import io.cordon.agent.os.windows.accounts.SandboxCredentials;
import io.cordon.agent.os.windows.accounts.SandboxProvisioner;
import io.cordon.agent.os.windows.accounts.SandboxSids;
import io.cordon.agent.os.windows.accounts.WindowsUsers;
import io.cordon.agent.os.windows.fence.Endpoint;
import io.cordon.agent.os.windows.fence.IpAddress;
import io.cordon.agent.os.windows.fence.ProbeRunner;
import io.cordon.agent.os.windows.fence.SocketCanary;
import io.cordon.agent.os.windows.fence.WindowsNetworkFence;
import io.cordon.agent.os.windows.launch.ConfinedStarter;
import io.cordon.agent.os.windows.launch.HelperRun;
import io.cordon.agent.os.windows.launch.Machine;
import io.cordon.agent.os.windows.launch.MachineFacts;
import io.cordon.agent.os.windows.launch.PipeAddress;
import io.cordon.agent.os.windows.launch.PipeLauncher;
import io.cordon.agent.os.windows.service.AgentSettings;
import io.cordon.agent.os.windows.service.ServiceConfig;
import io.cordon.agent.os.windows.service.ServiceRegistration;
import io.cordon.agent.os.windows.service.WindowsVersion;
import io.cordon.agent.os.windows.win32.NativeDeveloperAccounts;
import io.cordon.agent.os.windows.win32.NativeFileProbe;
import io.cordon.agent.os.windows.win32.NativeMachine;
import io.cordon.agent.os.windows.win32.NativePipe;
import io.cordon.agent.provision.AgentLayout;
import io.cordon.agent.provision.Provisioner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Puts the confinement of Windows together, and takes what it changed back. */
final class WindowsWiring {
    private static final Logger LOG = Logger.getLogger(WindowsWiring.class.getName());
    private static final int DOMAIN_CONTROLLER = 2;
    private static final LockoutPolicy STRICT_LOCKOUT = new LockoutPolicy(2, Duration.ofMinutes(30));
    private static final int PROBE_OUTPUT = 64 * 1024;

    /** Option of {@code run}. */
    static final String ACL_MODE = "acl-mode";

    private final WindowsApi windows;
    private final AgentLayout layout;
    private final Ledger ledger;
    private final SecureRandom random = new SecureRandom();

    WindowsWiring(WindowsApi windows, AgentLayout layout, Ledger ledger) {
        this.windows = windows;
        this.layout = layout;
        this.ledger = ledger;
    }

    Confinement confinement(RunSettings settings, Supplier<String> policy, int proxyPort, Clock clock)
            throws CommandException {
        try {
            completeRegistration();
            WindowsAccounts accounts = WindowsAccounts.converge(windows, ledger, random);
            SandboxCredentials credentials = new SandboxCredentials(windows.accounts(), lockout(), random, clock);
            if (accounts.problem() == null) {
                credentials.renewAll();
            } else if (accounts.ours()) {
                // Nobody else uses them either.
                credentials.disable(accounts.problem());
            }
            Machine machine = new NativeMachine(
                    credentials,
                    new ProfileHiding(
                            windows.accounts(),
                            ledger,
                            WindowsPlaces.of(System.getenv(), false).profiles()));
            MachineFacts facts = new MachineFacts(
                    WindowsVersion.computerName(windows.registry()),
                    program(settings.installation(), "cordon-console.exe").toString(),
                    System.getenv());
            AclProvisioner entries = entries(accounts.sids(), policy, aclMode(settings));
            WindowsNetworkFence fence = fence(
                    accounts.sids(),
                    proxyPort == 0 ? Optional.empty() : Optional.of(new Endpoint(IpAddress.LOOPBACK_V4, proxyPort)),
                    probe(settings.installation(), new ConfinedStarter(machine, facts, random::nextLong), credentials));
            Sid group = accounts.sids().group();
            PipeLauncher launcher = new PipeLauncher(
                    NativePipe.at(PipeAddress.of(PipeAddress.DEFAULT, group), group),
                    machine,
                    facts,
                    accounts.sids(),
                    entries,
                    random::nextLong,
                    clock,
                    io.cordon.agent.main.Machine.version());
            return new WindowsConfinement(
                    new WindowsConfinement.Parts(
                            launcher,
                            files(settings),
                            entries,
                            fence,
                            new WindowsUsers(new NativeDeveloperAccounts(windows.registry()), accounts::sids, clock),
                            credentials,
                            new FenceKeeper(fence, credentials, clock),
                            accounts.problem()),
                    new LivePlaceholders(clock));
        } catch (IOException e) {
            throw new CommandException(ExitCode.OS, "commands cannot be confined: " + e.getMessage());
        }
    }

    /** A package registers the service with less than what is wanted; the rest is set here, and what others changed is set back. */
    private void completeRegistration() {
        try {
            Optional<ServiceConfig> registered = windows.services().read(ServiceConfig.NAME);
            if (registered.isPresent()) {
                new ServiceRegistration(windows.services(), windows.registry(), ledger)
                        .converge(
                                ServiceConfig.NAME,
                                ServiceConfig.wanted(registered.get().binaryPath()))
                        .forEach(line -> LOG.log(Level.INFO, "{0}", line));
            }
        } catch (IOException | IllegalArgumentException e) {
            LOG.log(Level.WARNING, "the registration of the service cannot be completed: {0}", e.getMessage());
        }
    }

    private AclProvisioner.AclMode aclMode(RunSettings settings) throws CommandException {
        try {
            Optional<String> given = Optional.ofNullable(settings.own().get(ACL_MODE));
            return AgentSettings.read(windows.registry()).manualAcls(given)
                    ? AclProvisioner.AclMode.MANUAL
                    : AclProvisioner.AclMode.AUTOMATIC;
        } catch (IOException e) {
            throw new CommandException(ExitCode.BAD_CONFIG, String.valueOf(e.getMessage()));
        }
    }

    private LockoutPolicy lockout() {
        try {
            return windows.accounts().lockout();
        } catch (IOException e) {
            LOG.log(
                    Level.WARNING,
                    "the account lockout policy cannot be read, a strict one is assumed: {0}",
                    e.getMessage());
            return STRICT_LOCKOUT;
        }
    }

    private AclProvisioner entries(SandboxSids sids, Supplier<String> policy, AclProvisioner.AclMode mode) {
        return new AclProvisioner(
                windows.boundary().files(),
                ledger,
                new Trustees(
                        sids.group(), Set.copyOf(sids.accounts().values()), Trustees.TokenForm.RESTRICTING_AND_GROUPS),
                temporary(),
                policy,
                new CapabilitySids(),
                mode);
    }

    private String temporary() {
        return layout.data().resolve("tmp").toString();
    }

    private WindowsFileAccess files(RunSettings settings) throws IOException {
        boolean controller = WindowsVersion.read(windows.registry()).productType() == DOMAIN_CONTROLLER;
        return new WindowsFileAccess(
                new NativeFileProbe(),
                WindowsPlaces.of(System.getenv(), controller),
                settings.hidden().stream().map(Path::toString).toList(),
                temporary());
    }

    private WindowsNetworkFence fence(SandboxSids sids, Optional<Endpoint> proxy, ProbeRunner probe) {
        return new WindowsNetworkFence(
                sids,
                proxy,
                new WindowsNetworkFence.Means(
                        windows.boundary().filters(), windows.boundary().firewall(), probe, SocketCanary::open),
                ledger);
    }

    private static Path program(Installation installation, String name) {
        return installation.home().resolve("bin").resolve(name);
    }

    /** The filters are written when the probe is asked for; without an account that can log on nothing could be measured. */
    private static ProbeRunner probe(
            Installation installation, ConfinedStarter starter, SandboxCredentials credentials) {
        return (account, arguments, limit) -> {
            credentials.enable();
            Path program = program(installation, "cordon-probe.exe");
            List<String> argv = new ArrayList<>(List.of(program.toString()));
            argv.addAll(arguments);
            HelperRun run = starter.run(account, argv, installation.home().toString(), limit, PROBE_OUTPUT);
            if (run instanceof HelperRun.Failed failed) {
                throw new IOException(failed.reason());
            }
            HelperRun.Ended ended = (HelperRun.Ended) run;
            if (ended.status() != 0) {
                throw new IOException("cordon-probe ended with status " + ended.status() + " (expected: 0)");
            }
            return new String(ended.output(), StandardCharsets.UTF_8);
        };
    }

    /** Takes everything back: entries first, while the accounts they name are known, and the fence last. */
    Provisioner.Report undo() throws IOException {
        List<String> undone = new ArrayList<>();
        windows.boundary().enablePrivileges();
        SandboxProvisioner provisioner = new SandboxProvisioner(windows.accounts(), windows.registry(), ledger, random);
        SandboxSids sids = provisioner.known().orElseGet(WindowsAccounts::nobody);
        Set<String> away =
                entries(sids, () -> "", AclProvisioner.AclMode.AUTOMATIC).removeAll(windows.boundary()::removeTree);
        undone.add("access control entries");
        undone.addAll(provisioner.undo());
        fence(sids, Optional.empty(), (account, arguments, limit) -> {
                    throw new IOException("nothing is measured while it is taken away");
                })
                .remove();
        undone.add("filters and firewall rules");
        return new Provisioner.Report(
                undone,
                away.stream()
                        .map(drive -> "access control entries on " + drive
                                + ", whose volume is not there; they name nobody any more")
                        .toList());
    }
}
