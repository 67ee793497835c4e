package io.cordon.agent.os.windows.win32;

import com.sun.jna.Native;
import com.sun.jna.platform.win32.Advapi32;
import com.sun.jna.platform.win32.Winsvc;
import io.cordon.agent.os.windows.service.EventKind;
import io.cordon.agent.os.windows.service.ServiceControl;
import io.cordon.agent.os.windows.service.ServiceReports;
import io.cordon.agent.os.windows.service.ServiceStatus;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The dispatcher of the service control manager: its threads call into the JVM. */
public final class NativeServiceControl implements ServiceControl {
    private static final Logger LOG = Logger.getLogger(NativeServiceControl.class.getName());

    private final ServiceReports events;

    /** @param events where texts go; its status is not called */
    public NativeServiceControl(ServiceReports events) {
        this.events = events;
    }

    @Override
    public boolean dispatch(String serviceName, Program program) throws IOException {
        // Held by this frame, which outlives the service: native code keeps only addresses of both.
        Winsvc.HandlerEx handler = (control, type, data, context) -> program.control(control);
        Winsvc.SERVICE_MAIN_FUNCTION main = (count, words) -> run(serviceName, program, handler);
        Winsvc.SERVICE_TABLE_ENTRY entry = new Winsvc.SERVICE_TABLE_ENTRY();
        Winsvc.SERVICE_TABLE_ENTRY[] table = (Winsvc.SERVICE_TABLE_ENTRY[]) entry.toArray(2);
        table[0].lpServiceName = serviceName;
        table[0].lpServiceProc = main;
        if (Advapi32.INSTANCE.StartServiceCtrlDispatcher(table)) {
            return true;
        }
        int error = Native.getLastError();
        if (error == ServiceConstants.ERROR_FAILED_SERVICE_CONTROLLER_CONNECT) {
            return false;
        }
        throw Failure.of("StartServiceCtrlDispatcherW", error);
    }

    private void run(String serviceName, Program program, Winsvc.HandlerEx handler) {
        Winsvc.@Nullable SERVICE_STATUS_HANDLE handle =
                Advapi32.INSTANCE.RegisterServiceCtrlHandlerEx(serviceName, handler, null);
        if (handle == null) {
            // Without it nothing can be said to the manager, which then gives up on the service by itself.
            events.event(
                    EventKind.FAILED,
                    String.valueOf(Failure.last("RegisterServiceCtrlHandlerExW").getMessage()));
            return;
        }
        Winsvc.SERVICE_STATUS_HANDLE status = handle;
        program.main(new ServiceReports() {
            @Override
            public void status(ServiceStatus now) {
                report(status, now);
            }

            @Override
            public void event(EventKind kind, String text) {
                events.event(kind, text);
            }
        });
    }

    private static void report(Winsvc.SERVICE_STATUS_HANDLE handle, ServiceStatus now) {
        Winsvc.SERVICE_STATUS status = new Winsvc.SERVICE_STATUS();
        status.dwServiceType = ServiceConstants.SERVICE_WIN32_OWN_PROCESS;
        status.dwCurrentState = now.state().number();
        status.dwControlsAccepted = now.accepted();
        status.dwWin32ExitCode = now.exitCode() == 0 ? 0 : ServiceConstants.ERROR_SERVICE_SPECIFIC_ERROR;
        status.dwServiceSpecificExitCode = now.exitCode();
        status.dwCheckPoint = now.checkPoint();
        status.dwWaitHint = Math.toIntExact(now.waitHint().toMillis());
        if (!Advapi32.INSTANCE.SetServiceStatus(handle, status)) {
            LOG.log(Level.WARNING, "{0}", Failure.last("SetServiceStatus").getMessage());
        }
    }
}
