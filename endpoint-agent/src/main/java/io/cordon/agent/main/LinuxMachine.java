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
import io.cordon.agent.os.SecretStore;
import io.cordon.agent.os.SenderIdentity;
import io.cordon.agent.os.linux.FileSecretStore;
import io.cordon.agent.os.linux.PosixCustody;
import io.cordon.agent.os.linux.ProcSenders;
import io.cordon.agent.os.linux.SystemdHost;
import io.cordon.agent.provision.AgentLayout;
import io.cordon.agent.provision.Provisioner;
import io.cordon.policy.resolve.ResolvedPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Level;

/** Linux: systemd, bubblewrap, and facts read where Linux keeps them. */
final class LinuxMachine implements Machine {
    private static final Path MACHINE_ID = Path.of("/etc/machine-id");
    private static final Path OS_RELEASE = Path.of("/etc/os-release");
    private static final Path HOSTNAME = Path.of("/proc/sys/kernel/hostname");
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path PASSWD = Path.of("/etc/passwd");
    private static final Path HOMES = Path.of("/home");

    @Override
    public Optional<Managed> managedServer() {
        return Optional.empty();
    }

    @Override
    public Level logLevel() {
        return Level.INFO;
    }

    @Override
    public MachineFacts facts(SecretStore identity) throws IOException {
        return new MachineFacts(
                MachineId.of(MACHINE_ID, identity),
                Files.readString(HOSTNAME).strip(),
                "linux",
                osVersion(),
                Objects.requireNonNullElse(System.getProperty("os.arch"), "unknown"),
                Machine.version());
    }

    private static String osVersion() throws IOException {
        if (!Files.isReadable(OS_RELEASE)) {
            return "Linux";
        }
        return Files.readAllLines(OS_RELEASE).stream()
                .filter(line -> line.startsWith("PRETTY_NAME="))
                .map(line -> line.substring("PRETTY_NAME=".length()).replace("\"", ""))
                .findFirst()
                .orElse("Linux");
    }

    /** The agent changes identities and mounts file systems; without root it can do nothing. */
    @Override
    public void requireAdministrator(String command) throws CommandException {
        try {
            List<String> status = Files.readAllLines(STATUS);
            boolean root = status.stream().anyMatch(line -> line.matches("Uid:\\s+\\d+\\s+0\\s.*"));
            if (!root) {
                throw new CommandException(
                        ExitCode.NOT_ROOT, "\"cordon-agent " + command + "\" needs root. Run it with sudo");
            }
        } catch (IOException e) {
            throw new CommandException(ExitCode.OS, STATUS + " cannot be read: " + e.getMessage());
        }
    }

    @Override
    public Path defaultData() {
        return Path.of("/var/lib/cordon");
    }

    @Override
    public Path defaultRuntime(Path data) {
        return Path.of("/run/cordon");
    }

    @Override
    public Path systemRoot() {
        return Path.of("/");
    }

    @Override
    public Custody custody() throws IOException {
        return new PosixCustody();
    }

    @Override
    public List<ForeignSettings> foreignSettings() {
        return List.of(
                new CodexForeign("linux"),
                new ClaudeCodeForeign("linux", key -> false),
                new GeminiForeign("linux"),
                new CopilotForeign("linux"));
    }

    @Override
    public Optional<Path> defaultHome() {
        return Optional.empty();
    }

    @Override
    public String stopCommand() {
        return "systemctl stop cordon-agent";
    }

    @Override
    public String launcherName() {
        return "cordon";
    }

    @Override
    public Map<String, String> launcherEnvironment(Path runtime) {
        return Map.of("CORDON_SOCKET", runtime.resolve("agent.sock").toString());
    }

    @Override
    public void prepareData(AgentLayout layout) throws IOException {
        Provisioner.prepareData(layout);
    }

    @Override
    public void prepareRuntime(AgentLayout layout, Ledger ledger) throws IOException {
        new Provisioner(layout, ledger).prepareRuntime();
    }

    @Override
    public SecretStore secrets(AgentLayout layout) {
        return new FileSecretStore(layout.identity());
    }

    @Override
    public ExitCode serve(Service service) throws CommandException, InterruptedException {
        return Foreground.run(new SystemdHost(System.getenv()), service);
    }

    @Override
    public SenderIdentity senders() {
        return new ProcSenders();
    }

    @Override
    public Confinement confinement(
            RunSettings settings, Ledger ledger, Supplier<String> policy, int proxyPort, Clock clock)
            throws CommandException {
        return new LinuxConfinement(settings, ledger, proxyPort, clock);
    }

    @Override
    public Discovery discovery(
            Supplier<ResolvedPolicy> policy,
            byte[] hashKey,
            Supplier<List<SettingsReport>> settings,
            Runnable changed,
            Clock clock) {
        return Discovery.of(
                false, Path.of("/"), () -> Homes.linux(PASSWD, HOMES), policy, hashKey, settings, changed, clock);
    }

    @Override
    public Provisioner.Report uninstall(AgentLayout layout, Ledger ledger) throws IOException {
        return new Provisioner(layout, ledger).uninstall();
    }

    @Override
    public Map<String, Command> commands() {
        return Map.of();
    }

    @Override
    public List<String> usage() {
        return List.of();
    }
}
