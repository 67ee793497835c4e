package io.cordon.agent.os.windows.service;

import java.io.IOException;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Runs a body under the service control manager, translating between its controls and one latch. */
public final class WindowsService implements ServiceControl.Program {
    private final Body body;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final AtomicReference<@Nullable WindowsServiceHost> host = new AtomicReference<>();
    private volatile int exitCode = -1;

    /** What the service does. Everything it holds is given back when it returns, since the process may end right after. */
    @FunctionalInterface
    public interface Body {
        Ended run(WindowsServiceHost host, CountDownLatch stop);
    }

    /**
     * @param exitCode 0 for an orderly stop
     * @param why for the event log
     */
    public record Ended(int exitCode, String why) {}

    private WindowsService(Body body) {
        this.body = body;
    }

    /** The exit code; empty when the manager did not start this process, so that it may run in a console. */
    public static OptionalInt run(ServiceControl manager, String serviceName, Body body) throws IOException {
        WindowsService service = new WindowsService(body);
        return manager.dispatch(serviceName, service) ? OptionalInt.of(service.exitCode) : OptionalInt.empty();
    }

    @Override
    public void main(ServiceReports reports) {
        WindowsServiceHost started = new WindowsServiceHost(reports);
        host.set(started);
        Ended ended;
        try {
            ended = body.run(started, stop);
        } catch (RuntimeException | Error e) {
            // An exception that reached the native frame would end the process without a word.
            ended = new Ended(DEFECT, "a defect: " + e + ". Please report it");
        }
        exitCode = ended.exitCode();
        started.stopped(ended.exitCode(), ended.why());
    }

    /** As {@code cordon-agent} ends on a defect of its own. */
    static final int DEFECT = 70;

    @Override
    public int control(int control) {
        WindowsServiceHost told = host.get();
        switch (control) {
            case ServiceControl.SERVICE_CONTROL_STOP,
                    ServiceControl.SERVICE_CONTROL_SHUTDOWN,
                    ServiceControl.SERVICE_CONTROL_PRESHUTDOWN -> {
                if (told != null && told.askedToStop()) {
                    stop.countDown();
                }
                return ServiceControl.NO_ERROR;
            }
            case ServiceControl.SERVICE_CONTROL_INTERROGATE -> {
                if (told != null) {
                    told.interrogated();
                }
                return ServiceControl.NO_ERROR;
            }
            default -> {
                return ServiceControl.ERROR_CALL_NOT_IMPLEMENTED;
            }
        }
    }
}
