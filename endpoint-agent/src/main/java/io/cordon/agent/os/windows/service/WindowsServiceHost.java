package io.cordon.agent.os.windows.service;

import io.cordon.agent.os.ServiceHost;
import io.cordon.agent.os.windows.service.ServiceStatus.State;
import java.time.Duration;
import java.util.Optional;

/**
 * The service control manager. It knows states, not texts: these go to the event log. Until {@link #ready} every sign of life
 * is a check point, which tells the manager that the start still goes on; controls are accepted only afterwards, because a
 * start cannot be stopped half-way (killing it is safe: whatever it changed is in the ledger).
 */
public final class WindowsServiceHost implements ServiceHost {
    /** The longest single step of a start or stop, with a slow disk. */
    static final Duration WAIT_HINT = Duration.ofSeconds(60);

    private static final int ACCEPTED = ServiceStatus.SERVICE_ACCEPT_STOP
            | ServiceStatus.SERVICE_ACCEPT_SHUTDOWN
            | ServiceStatus.SERVICE_ACCEPT_PRESHUTDOWN;

    private final ServiceReports reports;
    private State state = State.START_PENDING;
    private int checkPoint = 1;

    /** Tells at once that the start has begun. */
    public WindowsServiceHost(ServiceReports reports) {
        this.reports = reports;
        report();
    }

    @Override
    public synchronized void ready(String status) {
        if (state != State.START_PENDING && state != State.RUNNING) {
            return;
        }
        state = State.RUNNING;
        report();
        reports.event(EventKind.STARTED, "Cordon is in force: " + status);
    }

    @Override
    public synchronized void status(String status) {
        alive();
        reports.event(EventKind.STATUS, status);
    }

    @Override
    public synchronized void stopping() {
        if (state == State.START_PENDING || state == State.RUNNING) {
            state = State.STOP_PENDING;
            checkPoint = 0;
        }
        alive();
    }

    @Override
    public synchronized void alive() {
        if (state.pending()) {
            checkPoint++;
        }
        report();
    }

    /** The manager restarts what ended, not what is silent. */
    @Override
    public Optional<Duration> watchdogInterval() {
        return Optional.empty();
    }

    /** A stop was asked for; true the first time. */
    synchronized boolean askedToStop() {
        boolean first = state != State.STOP_PENDING && state != State.STOPPED;
        if (first) {
            stopping();
        }
        return first;
    }

    /**
     * The very last word: the manager may end the process from here on. Anything but 0 counts as a failure, after which the
     * recovery actions restart the service.
     */
    synchronized void stopped(int exitCode, String why) {
        state = State.STOPPED;
        reports.event(exitCode == 0 ? EventKind.STOPPED : EventKind.FAILED, why);
        reports.status(new ServiceStatus(State.STOPPED, 0, exitCode, 0, Duration.ZERO));
    }

    /** Says again what was said last. */
    synchronized void interrogated() {
        if (state != State.STOPPED) {
            report();
        }
    }

    private void report() {
        boolean pending = state.pending();
        reports.status(new ServiceStatus(
                state,
                state == State.RUNNING ? ACCEPTED : 0,
                0,
                pending ? checkPoint : 0,
                pending ? WAIT_HINT : Duration.ZERO));
    }
}
