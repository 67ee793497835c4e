package io.cordon.agent.os.windows.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.os.windows.service.ServiceStatus.State;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WindowsServiceTest {
    private final List<State> states = new ArrayList<>();
    private final List<String> events = new ArrayList<>();
    private int exitCode = -1;

    /** A manager that starts the service, sends controls to it once it runs, and waits for its end. */
    private ServiceControl manager(int... controls) {
        return (name, program) -> {
            CountDownLatch running = new CountDownLatch(1);
            Thread main = new Thread(() -> program.main(reports(running)), "service-main");
            main.start();
            try {
                for (int control : controls) {
                    assertTrue(running.await(60, TimeUnit.SECONDS));
                    answers.add(program.control(control));
                }
                main.join(TimeUnit.SECONDS.toMillis(60));
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            return true;
        };
    }

    private final List<Integer> answers = new ArrayList<>();

    private ServiceReports reports(CountDownLatch running) {
        return new ServiceReports() {
            @Override
            public void status(ServiceStatus status) {
                synchronized (states) {
                    if (states.isEmpty() || states.get(states.size() - 1) != status.state()) {
                        states.add(status.state());
                    }
                    exitCode = status.exitCode();
                }
                if (status.state() == State.RUNNING) {
                    running.countDown();
                }
            }

            @Override
            public void event(EventKind kind, String text) {
                events.add(kind + " " + text);
            }
        };
    }

    private static WindowsService.Ended serve(WindowsServiceHost host, CountDownLatch stop) {
        host.ready("policy v1");
        try {
            assertTrue(stop.await(60, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        host.stopping();
        return new WindowsService.Ended(0, "stopped");
    }

    @Test
    void livesFromPendingToStoppedAndUnderstandsItsControls() throws IOException {
        OptionalInt code = WindowsService.run(
                manager(
                        ServiceControl.SERVICE_CONTROL_INTERROGATE,
                        128,
                        ServiceControl.SERVICE_CONTROL_STOP,
                        ServiceControl.SERVICE_CONTROL_SHUTDOWN),
                "s",
                WindowsServiceTest::serve);
        assertEquals(OptionalInt.of(0), code);
        assertEquals(List.of(State.START_PENDING, State.RUNNING, State.STOP_PENDING, State.STOPPED), states);
        assertEquals(List.of(0, ServiceControl.ERROR_CALL_NOT_IMPLEMENTED, 0, 0), answers);
        assertEquals("STOPPED stopped", events.get(events.size() - 1));
    }

    @Test
    void preshutdownIsAnOrderlyStop() throws IOException {
        assertEquals(
                OptionalInt.of(0),
                WindowsService.run(
                        manager(ServiceControl.SERVICE_CONTROL_PRESHUTDOWN), "s", WindowsServiceTest::serve));
    }

    @Test
    void theFailedPhaseIsTheServicesOwnExitCode() throws IOException {
        assertEquals(
                OptionalInt.of(66),
                WindowsService.run(manager(), "s", (host, stop) -> new WindowsService.Ended(66, "damaged")));
        assertEquals(66, exitCode);
        assertEquals(List.of(State.START_PENDING, State.STOPPED), states);
        assertEquals(List.of("FAILED damaged"), events);
    }

    @Test
    void aDefectIsReportedInsteadOfEndingInTheNativeFrame() throws IOException {
        assertEquals(OptionalInt.of(WindowsService.DEFECT), WindowsService.run(manager(), "s", (host, stop) -> {
            throw new IllegalStateException("never thought of");
        }));
        assertEquals(WindowsService.DEFECT, exitCode);
        assertTrue(events.get(0).contains("never thought of"));
    }

    @Test
    void whatTheManagerDidNotStartRunsInAConsole() throws IOException {
        AtomicInteger runs = new AtomicInteger();
        assertEquals(OptionalInt.empty(), WindowsService.run((name, program) -> false, "s", (host, stop) -> {
            runs.incrementAndGet();
            return new WindowsService.Ended(0, "");
        }));
        assertEquals(0, runs.get());
    }

    @Test
    void aManagerThatCannotBeReachedIsAnError() {
        assertThrows(
                IOException.class,
                () -> WindowsService.run(
                        (name, program) -> {
                            throw new IOException("error 5");
                        },
                        "s",
                        WindowsServiceTest::serve));
    }
}
