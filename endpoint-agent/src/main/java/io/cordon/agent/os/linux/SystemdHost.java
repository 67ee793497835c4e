package io.cordon.agent.os.linux;

import io.cordon.agent.os.ServiceHost;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * systemd, told through its own {@code systemd-notify}: Java has no datagram sockets of the Unix family. Without
 * {@code NOTIFY_SOCKET} in the environment the agent is in the foreground and nothing is told. The unit needs
 * {@code NotifyAccess=all}, since it is a child that speaks.
 */
public final class SystemdHost implements ServiceHost {
    private static final System.Logger LOG = System.getLogger(SystemdHost.class.getName());
    private static final int SECONDS = 5;

    private final Map<String, String> environment;
    private final String notify;

    public SystemdHost(Map<String, String> environment) {
        this(environment, "systemd-notify");
    }

    SystemdHost(Map<String, String> environment, String notify) {
        this.environment = Map.copyOf(environment);
        this.notify = notify;
    }

    @Override
    public void ready(String status) {
        tell(
                "READY=1",
                "STATUS=" + oneLine(status),
                "MAINPID=" + ProcessHandle.current().pid());
    }

    @Override
    public void status(String status) {
        tell("STATUS=" + oneLine(status));
    }

    @Override
    public void stopping() {
        tell("STOPPING=1");
    }

    @Override
    public void alive() {
        tell("WATCHDOG=1");
    }

    @Override
    public Optional<Duration> watchdogInterval() {
        String micros = environment.getOrDefault("WATCHDOG_USEC", "");
        if (!micros.matches("[1-9]\\d{0,17}") || !environment.containsKey("NOTIFY_SOCKET")) {
            return Optional.empty();
        }
        return Optional.of(Duration.of(Long.parseLong(micros), java.time.temporal.ChronoUnit.MICROS)
                .dividedBy(2));
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }

    private void tell(String... states) {
        String socket = environment.get("NOTIFY_SOCKET");
        if (socket == null) {
            return;
        }
        List<String> command = new ArrayList<>(List.of(notify));
        command.addAll(List.of(states));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("NOTIFY_SOCKET", socket);
        try {
            Process process = builder.start();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                LOG.log(System.Logger.Level.WARNING, "systemd could not be told {0}", states[0]);
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "systemd could not be told {0}: {1}", states[0], e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
