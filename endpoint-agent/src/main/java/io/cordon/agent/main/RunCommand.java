package io.cordon.agent.main;

import io.cordon.agent.egress.EgressSettings;
import io.cordon.agent.egress.EgressSettingsFile;
import io.cordon.agent.os.ServiceHost;
import io.cordon.agent.provision.AgentLayout;
import io.cordon.agent.telemetry.gateway.GatewayPorts;
import io.cordon.agent.telemetry.gateway.otlp.HttpReceiver;
import io.cordon.agent.telemetry.gateway.otlp.ReceiverLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/**
 * {@code cordon-agent run}. Phases: command line (64), administrator (77), folders (66, 74), ownership (73), what is stored (66),
 * confinement (71); then it serves until it is told to stop, which ends with 0.
 */
final class RunCommand {
    private RunCommand() {}

    static ExitCode run(Machine machine, List<String> words) throws CommandException, InterruptedException {
        // All of it is told to whatever manages services, which shows the phase that failed.
        return machine.serve((host, stop) -> start(machine, words, host, stop));
    }

    private static ExitCode start(Machine machine, List<String> words, ServiceHost host, CountDownLatch stop)
            throws CommandException, InterruptedException {
        Set<String> known = new HashSet<>(
                Set.of("data", "runtime", "protect", "egress", "otlp-http", "otlp-grpc", "managed-settings-root"));
        known.addAll(machine.runOptions());
        Arguments arguments = Arguments.parse(machine, words, known);
        AgentLayout layout = arguments.layout();
        RunSettings settings = new RunSettings(
                machine,
                Installation.here(machine),
                layout,
                arguments.paths("protect"),
                gatewayPorts(arguments),
                arguments.root("managed-settings-root").orElse(machine.systemRoot()),
                egress(machine, arguments),
                own(machine, arguments));
        machine.requireAdministrator("run");
        // Idle connections are dropped by middle boxes long before the JDK's default of 20 minutes.
        System.setProperty("jdk.httpclient.keepalive.timeout", "60");
        HttpReceiver.bound(ReceiverLimits.DEFAULT);
        Phases.prepareData(machine, layout);
        try (Ownership data = Ownership.of(layout.data())) {
            Phases.prepareRuntime(machine, layout);
            try (Ownership runtime = Ownership.of(layout.runtime())) {
                new Supervisor(settings, host, Clock.systemUTC(), stop).run();
                return ExitCode.OK;
            }
        } catch (IOException e) {
            throw new CommandException(ExitCode.IO, "the agent's lock cannot be given back: " + e.getMessage());
        }
    }

    private static Map<String, String> own(Machine machine, Arguments arguments) throws CommandException {
        Map<String, String> own = new HashMap<>();
        for (String name : machine.runOptions()) {
            arguments.one(name).ifPresent(value -> own.put(name, value));
        }
        return own;
    }

    private static EgressSettings egress(Machine machine, Arguments arguments) throws CommandException {
        Optional<Path> file = arguments.file("egress");
        if (file.isEmpty()) {
            return EgressSettings.DEFAULT;
        }
        try {
            return EgressSettingsFile.read(file.get());
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.BAD_CONFIG, "--egress: " + file.get() + " cannot be read: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.BAD_CONFIG, "--egress: " + e.getMessage());
        }
    }

    private static GatewayPorts gatewayPorts(Arguments arguments) throws CommandException {
        try {
            return new GatewayPorts(
                    arguments.port("otlp-http", GatewayPorts.DEFAULT.http()),
                    arguments.port("otlp-grpc", GatewayPorts.DEFAULT.grpc()));
        } catch (IllegalArgumentException e) {
            throw Arguments.usage("--otlp-http, --otlp-grpc: " + e.getMessage());
        }
    }
}
