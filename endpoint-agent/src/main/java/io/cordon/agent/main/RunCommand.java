package io.cordon.agent.main;

import io.cordon.agent.egress.EgressSettings;
import io.cordon.agent.egress.EgressSettingsFile;
import io.cordon.agent.os.ServiceHost;
import io.cordon.agent.os.linux.SystemdHost;
import io.cordon.agent.provision.AgentLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * {@code cordon-agent run}. Phases: command line (64), root (77), folders (66, 74), ownership (73), what is stored (66),
 * confinement (71); then it serves until it is told to stop, which ends with 0.
 */
final class RunCommand {
    private static final int STOP_SECONDS = 25;

    private RunCommand() {}

    static ExitCode run(List<String> words) throws CommandException, InterruptedException {
        Arguments arguments = Arguments.parse(words, Set.of("data", "runtime", "protect", "egress"));
        AgentLayout layout = new AgentLayout(arguments.data(), arguments.runtime());
        RunSettings settings =
                new RunSettings(Installation.here(), layout, arguments.paths("protect"), egress(arguments));
        LinuxMachine.requireRoot("run");
        // Idle connections are dropped by middle boxes long before the JDK's default of 20 minutes.
        System.setProperty("jdk.httpclient.keepalive.timeout", "60");
        Phases.prepareData(layout);
        try (Ownership data = Ownership.of(layout.data())) {
            Phases.prepareRuntime(layout);
            try (Ownership runtime = Ownership.of(layout.runtime())) {
                return serve(settings);
            }
        } catch (IOException e) {
            throw new CommandException(ExitCode.IO, "the agent's lock cannot be given back: " + e.getMessage());
        }
    }

    private static EgressSettings egress(Arguments arguments) throws CommandException {
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

    private static ExitCode serve(RunSettings settings) throws CommandException, InterruptedException {
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Thread onSignal = new Thread(
                () -> {
                    stop.countDown();
                    boolean orderly = awaitQuietly(stopped);
                    // The signal's own exit code would call an orderly stop a failure.
                    Runtime.getRuntime().halt((orderly ? ExitCode.OK : ExitCode.INTERNAL).code());
                },
                "cordon-stop");
        Runtime.getRuntime().addShutdownHook(onSignal);
        try {
            ServiceHost host = new SystemdHost(System.getenv());
            new Supervisor(settings, host, Clock.systemUTC(), stop).run();
            stopped.countDown();
            return ExitCode.OK;
        } finally {
            if (stop.getCount() > 0) {
                Runtime.getRuntime().removeShutdownHook(onSignal);
            }
        }
    }

    private static boolean awaitQuietly(CountDownLatch stopped) {
        try {
            return stopped.await(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }
}
