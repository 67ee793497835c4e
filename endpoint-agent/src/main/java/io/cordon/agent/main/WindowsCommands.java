package io.cordon.agent.main;

import io.cordon.agent.os.Ledger;
import io.cordon.agent.os.windows.service.Finding;
import io.cordon.agent.os.windows.service.Preflight;
import io.cordon.agent.os.windows.service.ServiceCommand;
import io.cordon.agent.os.windows.service.ServiceConfig;
import io.cordon.agent.os.windows.service.ServiceRegistration;
import io.cordon.agent.provision.AgentLayout;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Commands of {@code cordon-agent} that only Windows has. */
final class WindowsCommands {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final WindowsMachine machine;

    WindowsCommands(WindowsMachine machine) {
        this.machine = machine;
    }

    /**
     * {@code install-service}: registers the service, or brings what is registered up to date, and starts it. The running one is
     * stopped first, because it owns the ledger.
     */
    ExitCode installService(List<String> words) throws CommandException {
        Arguments arguments = Arguments.parse(machine, words, Set.of("data", "start"));
        String start = arguments.one("start").orElse("yes");
        if (!Set.of("yes", "no").contains(start)) {
            throw Arguments.usage("--start: " + start + " (expected: yes or no)");
        }
        AgentLayout layout = arguments.layout();
        String line = line(arguments, layout);
        machine.requireAdministrator("install-service");
        Phases.prepareData(machine, layout);
        WindowsApi windows = machine.windows();
        try {
            windows.services().stop(ServiceConfig.NAME, PATIENCE);
            try (Ownership owned = Ownership.of(layout.data());
                    Ledger ledger = Ledger.open(layout.ledger())) {
                List<String> changed = new ServiceRegistration(windows.services(), windows.registry(), ledger)
                        .converge(ServiceConfig.NAME, ServiceConfig.wanted(line));
                changed.forEach(System.out::println);
                System.out.println(
                        changed.isEmpty() ? "nothing to change" : "service " + ServiceConfig.NAME + " is set up");
            }
            if (start.equals("yes")) {
                windows.services().start(ServiceConfig.NAME, PATIENCE);
                System.out.println("service " + ServiceConfig.NAME + " runs");
            }
            return ExitCode.OK;
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.OS,
                    "the service cannot be set up: " + e.getMessage() + ". Then run the same command again");
        }
    }

    private String line(Arguments arguments, AgentLayout layout) throws CommandException {
        String home = Installation.here(machine).home().toString();
        String runtime = System.getProperty("java.home", "");
        List<String> words = arguments.one("data").isPresent()
                ? List.of("run", "--data", layout.data().toString())
                : List.of("run");
        return ServiceCommand.line(runtime, Runtime.version().feature(), home, CordonAgent.class.getName(), words);
    }

    /** {@code preflight}: one line for each thing that was looked at; {@link ExitCode#OS} when nothing could be confined. */
    ExitCode preflight(List<String> words) throws CommandException {
        Arguments.parse(machine, words, Set.of());
        machine.requireAdministrator("preflight");
        List<Finding> findings = findings();
        findings.forEach(each -> System.out.println(each.line()));
        return Preflight.refused(findings) ? ExitCode.OS : ExitCode.OK;
    }

    List<Finding> findings() throws CommandException {
        try {
            return new WindowsPreflight(machine.windows()).findings();
        } catch (IOException e) {
            throw new CommandException(ExitCode.OS, "this machine cannot be looked at: " + e.getMessage());
        }
    }
}
