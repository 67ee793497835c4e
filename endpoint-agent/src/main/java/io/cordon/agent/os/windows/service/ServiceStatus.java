package io.cordon.agent.os.windows.service;

import java.time.Duration;

/**
 * What a service tells the service control manager about itself ({@code SERVICE_STATUS} of an own-process service).
 *
 * @param accepted which controls may be sent, bits of {@code SERVICE_ACCEPT_*}
 * @param exitCode 0, or what ended it: {@code sc query} shows it as the service's own exit code
 * @param checkPoint grows while something pending goes on
 * @param waitHint how long the next growth may take
 */
public record ServiceStatus(State state, int accepted, int exitCode, int checkPoint, Duration waitHint) {
    public static final int SERVICE_ACCEPT_STOP = 0x1;
    public static final int SERVICE_ACCEPT_SHUTDOWN = 0x4;
    public static final int SERVICE_ACCEPT_PRESHUTDOWN = 0x100;

    /** States by their numbers in {@code winsvc.h}. */
    public enum State {
        STOPPED(1),
        START_PENDING(2),
        STOP_PENDING(3),
        RUNNING(4);

        private final int number;

        State(int number) {
            this.number = number;
        }

        public int number() {
            return number;
        }

        boolean pending() {
            return this == START_PENDING || this == STOP_PENDING;
        }
    }

    public ServiceStatus {
        if (state != State.STOPPED && exitCode != 0) {
            throw new IllegalArgumentException(
                    "exit code of a service that is " + state + ": " + exitCode + " (expected: 0 until it is STOPPED)");
        }
        if (!state.pending() && checkPoint != 0) {
            throw new IllegalArgumentException(
                    "check point: " + checkPoint + " (expected: 0 while nothing is pending)");
        }
    }
}
