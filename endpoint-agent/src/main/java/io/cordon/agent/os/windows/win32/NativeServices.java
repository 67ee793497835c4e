package io.cordon.agent.os.windows.win32;

import static io.cordon.agent.os.windows.win32.Advapi32Services.Library.ADVAPI32;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.WString;
import com.sun.jna.platform.win32.Advapi32;
import com.sun.jna.platform.win32.WinNT;
import com.sun.jna.platform.win32.Winsvc;
import com.sun.jna.platform.win32.Winsvc.SC_HANDLE;
import io.cordon.agent.os.windows.service.ServiceConfig;
import io.cordon.agent.os.windows.service.ServiceDatabase;
import io.cordon.agent.os.windows.service.ServiceSetting;
import io.cordon.agent.os.windows.service.ServiceStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The service control manager's database. */
public final class NativeServices implements ServiceDatabase {
    private static final long POLL = TimeUnit.MILLISECONDS.toNanos(100);

    @FunctionalInterface
    private interface Use<T> {
        T with(SC_HANDLE service) throws IOException;
    }

    private static <T> T manager(int access, Use<T> use) throws IOException {
        SC_HANDLE manager = Advapi32.INSTANCE.OpenSCManager(null, null, access);
        if (manager == null) {
            throw Failure.last("OpenSCManagerW");
        }
        try {
            return use.with(manager);
        } finally {
            Advapi32.INSTANCE.CloseServiceHandle(manager);
        }
    }

    /** Empty when there is no such service. */
    private static <T> Optional<T> service(String name, int access, Use<T> use) throws IOException {
        return manager(Winsvc.SC_MANAGER_CONNECT, manager -> {
            SC_HANDLE service = Advapi32.INSTANCE.OpenService(manager, name, access);
            if (service == null) {
                int error = Native.getLastError();
                if (error == ServiceConstants.ERROR_SERVICE_DOES_NOT_EXIST) {
                    return Optional.empty();
                }
                throw Failure.of("OpenServiceW(" + name + ")", error);
            }
            try {
                return Optional.of(use.with(service));
            } finally {
                Advapi32.INSTANCE.CloseServiceHandle(service);
            }
        });
    }

    @Override
    public Optional<ServiceConfig> read(String name) throws IOException {
        return service(name, Winsvc.SERVICE_QUERY_CONFIG | WinNT.READ_CONTROL, ServiceSettings::read);
    }

    @Override
    public void create(String name, ServiceConfig wanted) throws IOException {
        manager(Winsvc.SC_MANAGER_CONNECT | Winsvc.SC_MANAGER_CREATE_SERVICE, manager -> {
            SC_HANDLE made;
            try (Memory dependencies = WideText.multi(wanted.dependencies())) {
                made = ADVAPI32.CreateServiceW(
                        manager,
                        new WString(name),
                        new WString(wanted.displayName()),
                        Winsvc.SERVICE_QUERY_STATUS,
                        ServiceConstants.SERVICE_WIN32_OWN_PROCESS,
                        ServiceSettings.start(wanted),
                        ServiceConstants.SERVICE_ERROR_NORMAL,
                        new WString(wanted.binaryPath()),
                        null,
                        null,
                        dependencies,
                        new WString(wanted.account()),
                        null);
            }
            if (made == null) {
                throw explained("CreateServiceW(" + name + ")", Native.getLastError());
            }
            Advapi32.INSTANCE.CloseServiceHandle(made);
            return made;
        });
    }

    private static IOException explained(String call, int error) {
        IOException failure = Failure.of(call, error);
        return error == ServiceConstants.ERROR_SERVICE_MARKED_FOR_DELETE
                ? new IOException(
                        failure.getMessage()
                                + ". It is being deleted: close the Services console, Task Manager and event"
                                + " viewers that show it, or restart, and do it again",
                        failure)
                : failure;
    }

    @Override
    public void change(String name, ServiceSetting setting, ServiceConfig wanted) throws IOException {
        int access = Winsvc.SERVICE_QUERY_CONFIG | Winsvc.SERVICE_CHANGE_CONFIG | Winsvc.SERVICE_START;
        int needed = setting == ServiceSetting.ACCESS ? WinNT.READ_CONTROL | WinNT.WRITE_DAC : access;
        Optional<Boolean> changed = service(name, needed, service -> {
            ServiceSettings.write(service, setting, wanted);
            return true;
        });
        if (changed.isEmpty()) {
            throw Failure.of("OpenServiceW(" + name + ")", ServiceConstants.ERROR_SERVICE_DOES_NOT_EXIST);
        }
    }

    @Override
    public void delete(String name) throws IOException {
        service(name, WinNT.DELETE, service -> {
            if (!Advapi32.INSTANCE.DeleteService(service)
                    && Native.getLastError() != ServiceConstants.ERROR_SERVICE_MARKED_FOR_DELETE) {
                throw Failure.last("DeleteService(" + name + ")");
            }
            return true;
        });
    }

    @Override
    public Optional<ServiceStatus.State> state(String name) throws IOException {
        Optional<Integer> number =
                service(name, Winsvc.SERVICE_QUERY_STATUS, service -> status(service).dwCurrentState);
        return number.flatMap(found -> Arrays.stream(ServiceStatus.State.values())
                .filter(each -> each.number() == found)
                .findFirst());
    }

    private static Winsvc.SERVICE_STATUS status(SC_HANDLE service) throws IOException {
        Winsvc.SERVICE_STATUS status = new Winsvc.SERVICE_STATUS();
        if (!Advapi32.INSTANCE.QueryServiceStatus(service, status)) {
            throw Failure.last("QueryServiceStatus");
        }
        return status;
    }

    @Override
    public void start(String name, Duration patience) throws IOException {
        act(name, Winsvc.SERVICE_START | Winsvc.SERVICE_QUERY_STATUS, service -> {
            if (!Advapi32.INSTANCE.StartService(service, 0, null)
                    && Native.getLastError() != ServiceConstants.ERROR_SERVICE_ALREADY_RUNNING) {
                throw Failure.last("StartServiceW(" + name + ")");
            }
            return await(name, service, Winsvc.SERVICE_RUNNING, Winsvc.SERVICE_STOPPED, patience);
        });
    }

    @Override
    public void stop(String name, Duration patience) throws IOException {
        service(name, Winsvc.SERVICE_STOP | Winsvc.SERVICE_QUERY_STATUS, service -> {
            if (!Advapi32.INSTANCE.ControlService(service, Winsvc.SERVICE_CONTROL_STOP, new Winsvc.SERVICE_STATUS())
                    && Native.getLastError() != ServiceConstants.ERROR_SERVICE_NOT_ACTIVE) {
                throw Failure.last("ControlService(" + name + ")");
            }
            return await(name, service, Winsvc.SERVICE_STOPPED, null, patience);
        });
    }

    private static void act(String name, int access, Use<Boolean> use) throws IOException {
        if (service(name, access, use).isEmpty()) {
            throw Failure.of("OpenServiceW(" + name + ")", ServiceConstants.ERROR_SERVICE_DOES_NOT_EXIST);
        }
    }

    private static boolean await(
            String name, SC_HANDLE service, int wanted, @Nullable Integer failed, Duration patience)
            throws IOException {
        long until = System.nanoTime() + patience.toNanos();
        while (true) {
            Winsvc.SERVICE_STATUS status = status(service);
            if (status.dwCurrentState == wanted) {
                return true;
            }
            if (failed != null && status.dwCurrentState == failed) {
                throw new IOException("service " + name + " ended with "
                        + (status.dwWin32ExitCode == ServiceConstants.ERROR_SERVICE_SPECIFIC_ERROR
                                ? "exit code " + status.dwServiceSpecificExitCode
                                : "error " + status.dwWin32ExitCode)
                        + ". The event log (Application, source CordonAgent) says why");
            }
            if (System.nanoTime() - until > 0) {
                throw new IOException("service " + name + " is still in state " + status.dwCurrentState + " after "
                        + patience.toSeconds() + " s (expected: " + wanted + ")");
            }
            LockSupport.parkNanos(POLL);
        }
    }

    @Override
    public String canonical(String sddl) throws IOException {
        try (Memory descriptor = SddlText.descriptor(sddl)) {
            return SddlText.access(descriptor);
        }
    }
}
