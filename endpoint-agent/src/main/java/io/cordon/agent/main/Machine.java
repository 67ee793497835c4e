package io.cordon.agent.main;

import io.cordon.agent.adapters.SettingsReport;
import io.cordon.agent.adapters.discovery.Discovery;
import io.cordon.agent.adapters.settings.ForeignSettings;
import io.cordon.agent.enrollment.MachineFacts;
import io.cordon.agent.os.Custody;
import io.cordon.agent.os.Ledger;
import io.cordon.agent.os.SecretStore;
import io.cordon.agent.os.SenderIdentity;
import io.cordon.agent.os.ServiceHost;
import io.cordon.agent.provision.AgentLayout;
import io.cordon.agent.provision.Provisioner;
import io.cordon.policy.resolve.ResolvedPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.logging.Level;

/** The operating system as the wiring needs it: where things are by default, what it calls its parts, and how it confines. */
interface Machine {
    /** The one this process runs on. */
    static Machine here() {
        String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        return name.startsWith("windows") ? WindowsMachine.HERE : new LinuxMachine();
    }

    /** The version that was built; "development" when run from class files. */
    static String version() {
        return Optional.ofNullable(Machine.class.getPackage().getImplementationVersion())
                .orElse("development");
    }

    /** What the machine's administrators set, and where they did. */
    record Managed(String value, String from) {}

    /** The server that administrators chose for this machine; nobody enrolls it elsewhere. */
    Optional<Managed> managedServer() throws CommandException;

    /** How much the agent's own log says. */
    Level logLevel();

    MachineFacts facts(SecretStore identity) throws IOException;

    /** @throws CommandException when this process may not do what the command takes */
    void requireAdministrator(String command) throws CommandException;

    Path defaultData();

    /** Where local callers find the agent, or what stands for it here. */
    Path defaultRuntime(Path data);

    /** Below which vendors document the places of their managed settings. */
    Path systemRoot();

    /** How files that everybody reads are kept here. */
    Custody custody() throws IOException;

    /** What others have put beside the managed settings of coding agents. */
    List<ForeignSettings> foreignSettings();

    /** The folder of the running agent's own programs, when nobody said where they are. */
    Optional<Path> defaultHome();

    /** How to stop a running agent, for people. */
    String stopCommand();

    /** File name of the program {@code cordon} under {@code bin}. */
    String launcherName();

    /** What {@code cordon} needs in its environment to find the agent of this runtime folder. */
    Map<String, String> launcherEnvironment(Path runtime);

    /**
     * Makes the data folders, for the agent alone, and repairs them. Call before the ledger is opened.
     *
     * @throws IOException when a place is something else than a folder of the agent's own; the message says which
     */
    void prepareData(AgentLayout layout) throws IOException;

    /** Makes the runtime folder. */
    void prepareRuntime(AgentLayout layout, Ledger ledger) throws IOException;

    /** The secrets kept in the identity folder. */
    SecretStore secrets(AgentLayout layout);

    /** Tells who sends telemetry to this machine's loopback. */
    SenderIdentity senders();

    /** Runs the agent under whatever manages services here, or in the foreground when nobody does. */
    ExitCode serve(Service service) throws CommandException, InterruptedException;

    /**
     * What confines commands here.
     *
     * @param policy digest of the policy in force
     * @param proxyPort where the egress proxy listens on the loopback; 0 when it does not run
     * @throws CommandException when this machine lacks what it takes; then the agent does not start
     */
    Confinement confinement(RunSettings settings, Ledger ledger, Supplier<String> policy, int proxyPort, Clock clock)
            throws CommandException;

    /**
     * What looks for coding agents here.
     *
     * @param policy in force
     * @param hashKey of what is redacted
     * @param settings how the managed settings of coding agents stand
     * @param changed told when there is something new to report
     */
    Discovery discovery(
            Supplier<ResolvedPolicy> policy,
            byte[] hashKey,
            Supplier<List<SettingsReport>> settings,
            Runnable changed,
            Clock clock);

    /** Takes every change back that is in the ledger, newest first. Nothing of the agent runs any more. */
    Provisioner.Report uninstall(AgentLayout layout, Ledger ledger) throws IOException;

    /** Commands that only exist here. */
    Map<String, Command> commands();

    /** Options of {@code run} that only exist here, without dashes. */
    default Set<String> runOptions() {
        return Set.of();
    }

    /** Usage of {@link #commands()}, a line each. */
    List<String> usage();

    /** Runs until the latch is counted down. */
    @FunctionalInterface
    interface Service {
        ExitCode run(ServiceHost host, CountDownLatch stop) throws CommandException, InterruptedException;
    }

    /** One command with the words after it. */
    @FunctionalInterface
    interface Command {
        ExitCode run(List<String> words) throws CommandException, InterruptedException;
    }
}
