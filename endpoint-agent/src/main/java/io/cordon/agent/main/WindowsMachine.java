package io.cordon.agent.main;

import io.cordon.agent.adapters.SettingsReport;
import io.cordon.agent.adapters.claudecode.ClaudeCodeForeign;
import io.cordon.agent.adapters.codex.CodexForeign;
import io.cordon.agent.adapters.copilot.CopilotForeign;
import io.cordon.agent.adapters.discovery.Discovery;
import io.cordon.agent.adapters.discovery.Homes;
import io.cordon.agent.adapters.gemini.GeminiForeign;
import io.cordon.agent.adapters.settings.ForeignSettings;
import io.cordon.agent.enrollment.MachineFacts;
import io.cordon.agent.enrollment.MachineId;
import io.cordon.agent.os.Custody;
import io.cordon.agent.os.Ledger;
import io.cordon.agent.os.MemoryServiceHost;
import io.cordon.agent.os.SecretStore;
import io.cordon.agent.os.SenderIdentity;
import io.cordon.agent.os.windows.Sid;
import io.cordon.agent.os.windows.senders.WindowsSenders;
import io.cordon.agent.os.windows.service.AgentSettings;
import io.cordon.agent.os.windows.service.EventLogHandler;
import io.cordon.agent.os.windows.service.ProtectedFolders;
import io.cordon.agent.os.windows.service.ServiceConfig;
import io.cordon.agent.os.windows.service.ServiceRegistration;
import io.cordon.agent.os.windows.service.WindowsCustody;
import io.cordon.agent.os.windows.service.WindowsSecretStore;
import io.cordon.agent.os.windows.service.WindowsService;
import io.cordon.agent.os.windows.service.WindowsServiceHost;
import io.cordon.agent.os.windows.service.WindowsVersion;
import io.cordon.agent.os.windows.win32.NativeConnections;
import io.cordon.agent.os.windows.win32.NativeProcesses;
import io.cordon.agent.provision.AgentLayout;
import io.cordon.agent.provision.Provisioner;
import io.cordon.policy.resolve.ResolvedPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Windows: the service control manager, folders under ProgramData, and facts from the registry. */
final class WindowsMachine implements Machine {
    static final WindowsMachine HERE = new WindowsMachine(WindowsApi.real());

    private static final Logger LOG = Logger.getLogger(WindowsMachine.class.getName());
    private static final String TCPIP = "SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters";

    private final WindowsApi windows;

    WindowsMachine(WindowsApi windows) {
        this.windows = windows;
    }

    WindowsApi windows() {
        return windows;
    }

    @Override
    public Optional<Managed> managedServer() throws CommandException {
        try {
            return AgentSettings.read(windows.registry())
                    .serverAddress()
                    .map(setting -> new Managed(setting.value(), setting.from()));
        } catch (IOException e) {
            throw new CommandException(ExitCode.BAD_CONFIG, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Level logLevel() {
        try {
            return AgentSettings.read(windows.registry()).logLevel().value();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "{0}; INFO is used", e.getMessage());
            return Level.INFO;
        }
    }

    @Override
    public MachineFacts facts(SecretStore identity) throws IOException {
        return new MachineFacts(
                MachineId.of(WindowsVersion.machineGuid(windows.registry()).orElse(""), identity),
                hostname(),
                "windows",
                WindowsVersion.read(windows.registry()).text(),
                Objects.requireNonNullElse(System.getProperty("os.arch"), "unknown"),
                Machine.version());
    }

    /** The name in the network, which may be longer than the 15 characters of the computer's old one. */
    private String hostname() throws IOException {
        Optional<String> name = windows.registry().text(TCPIP, "Hostname").filter(each -> !each.isBlank());
        return name.isPresent() ? name.get() : WindowsVersion.computerName(windows.registry());
    }

    @Override
    public void requireAdministrator(String command) throws CommandException {
        try {
            if (!windows.process().administrator() && !windows.process().user().equals(Sid.LOCAL_SYSTEM)) {
                throw new CommandException(
                        ExitCode.NOT_ROOT,
                        "\"cordon-agent " + command
                                + "\" needs an administrator. Run it from a console opened with \"Run as administrator\"");
            }
        } catch (IOException e) {
            throw new CommandException(ExitCode.OS, "this process's rights cannot be read: " + e.getMessage());
        }
    }

    @Override
    public Path defaultData() {
        try {
            return windows.process().programData().resolve("Cordon");
        } catch (IOException e) {
            throw new IllegalStateException("ProgramData cannot be found: " + e.getMessage(), e);
        }
    }

    /** Local callers come by a named pipe; this only holds the lock of the running agent. */
    @Override
    public Path defaultRuntime(Path data) {
        return data.resolve("run");
    }

    @Override
    public Path systemRoot() {
        return Path.of("C:\\");
    }

    @Override
    public Custody custody() {
        return new WindowsCustody(windows.files());
    }

    @Override
    public List<ForeignSettings> foreignSettings() {
        return List.of(
                new CodexForeign("windows"),
                new ClaudeCodeForeign("windows", windows.registry()::exists),
                new GeminiForeign("windows"),
                new CopilotForeign("windows"));
    }

    /** The folder above {@code lib}, where the agent's own archive lies. */
    @Override
    public Optional<Path> defaultHome() {
        var source = CordonAgent.class.getProtectionDomain().getCodeSource();
        try {
            Path archive = Path.of(source.getLocation().toURI());
            Path lib = archive.getParent();
            return Files.isRegularFile(archive) && lib != null && lib.endsWith("lib")
                    ? Optional.ofNullable(lib.getParent())
                    : Optional.empty();
        } catch (java.net.URISyntaxException e) {
            return Optional.empty();
        }
    }

    @Override
    public String stopCommand() {
        return "sc stop " + ServiceConfig.NAME;
    }

    @Override
    public String launcherName() {
        return "cordon.exe";
    }

    @Override
    public Map<String, String> launcherEnvironment(Path runtime) {
        return Map.of();
    }

    @Override
    public void prepareData(AgentLayout layout) throws IOException {
        new ProtectedFolders(windows.files())
                .prepare(List.of(
                        layout.data(),
                        layout.identity(),
                        layout.trust(),
                        layout.policy(),
                        layout.ledger(),
                        layout.spool()));
    }

    @Override
    public void prepareRuntime(AgentLayout layout, Ledger ledger) throws IOException {
        new ProtectedFolders(windows.files()).prepare(List.of(layout.runtime()));
    }

    @Override
    public SecretStore secrets(AgentLayout layout) {
        boolean asService;
        try {
            asService = windows.process().user().equals(Sid.LOCAL_SYSTEM);
        } catch (IOException e) {
            throw new IllegalStateException("this process's account cannot be read: " + e.getMessage(), e);
        }
        return new WindowsSecretStore(
                layout.identity(), windows.files(), windows.protection().apply(asService));
    }

    @Override
    public ExitCode serve(Service service) throws CommandException, InterruptedException {
        try {
            OptionalInt code = WindowsService.run(
                    windows.control(), ServiceConfig.NAME, (host, stop) -> body(service, host, stop));
            if (code.isPresent()) {
                return ExitCode.of(code.getAsInt());
            }
        } catch (IOException e) {
            throw new CommandException(ExitCode.OS, "the service control manager cannot be reached: " + e.getMessage());
        }
        return Foreground.run(new MemoryServiceHost(), service);
    }

    private WindowsService.Ended body(Service service, WindowsServiceHost host, CountDownLatch stop) {
        Logging.alsoTo(new EventLogHandler(windows.events()));
        try {
            ExitCode code = service.run(host, stop);
            return new WindowsService.Ended(code.code(), "Cordon has stopped");
        } catch (CommandException e) {
            return new WindowsService.Ended(
                    e.code().code(),
                    "Cordon does not run (exit code " + e.code().code() + "): " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new WindowsService.Ended(ExitCode.TEMPORARY.code(), "Cordon was interrupted");
        }
    }

    @Override
    public SenderIdentity senders() {
        return new WindowsSenders(new NativeConnections(), new NativeProcesses());
    }

    @Override
    public Confinement confinement(
            RunSettings settings, Ledger ledger, Supplier<String> policy, int proxyPort, Clock clock)
            throws CommandException {
        return new WindowsWiring(windows, settings.layout(), ledger).confinement(settings, policy, proxyPort, clock);
    }

    @Override
    public Discovery discovery(
            Supplier<ResolvedPolicy> policy,
            byte[] hashKey,
            Supplier<List<SettingsReport>> settings,
            Runnable changed,
            Clock clock) {
        Path drive = Path.of(
                Objects.requireNonNullElse(System.getenv("SystemDrive"), "C:").concat("\\"));
        return Discovery.of(
                true, drive, () -> Homes.windows(drive.resolve("Users")), policy, hashKey, settings, changed, clock);
    }

    @Override
    public Provisioner.Report uninstall(AgentLayout layout, Ledger ledger) throws IOException {
        Provisioner.Report report = new WindowsWiring(windows, layout, ledger).undo();
        List<String> undone = new ArrayList<>(report.undone());
        undone.addAll(new ServiceRegistration(windows.services(), windows.registry(), ledger).undo());
        List<String> left = ledger.open().stream()
                .map(entry -> entry.change().kind() + " " + entry.change().details())
                .toList();
        if (!left.isEmpty()) {
            throw new IOException("the ledger has changes that this build cannot take back: " + left
                    + ". Uninstall with the version that made them");
        }
        Files.deleteIfExists(layout.runtime());
        return new Provisioner.Report(undone, report.kept());
    }

    @Override
    public Map<String, Command> commands() {
        WindowsCommands commands = new WindowsCommands(this);
        return Map.of("install-service", commands::installService, "preflight", commands::preflight);
    }

    @Override
    public Set<String> runOptions() {
        return Set.of(WindowsWiring.ACL_MODE);
    }

    @Override
    public List<String> usage() {
        return List.of(
                "run … [--acl-mode automatic|manual]", "install-service [--data DIR] [--start yes|no]", "preflight");
    }
}
