package io.cordon.agent.os;

import java.time.Duration;
import java.util.Optional;

/** What runs the agent as a service (systemd, the Windows service manager), or nothing when it is in the foreground. */
public interface ServiceHost {
    /** Start-up is complete; the text is shown to whoever asks the service manager. */
    void ready(String status);

    void status(String status);

    /** Shutting down in order. */
    void stopping();

    /** A sign of life; due at least every {@link #watchdogInterval()}. */
    void alive();

    /** Half of the time after which the host would restart a silent service; empty when it does not watch. */
    Optional<Duration> watchdogInterval();
}
