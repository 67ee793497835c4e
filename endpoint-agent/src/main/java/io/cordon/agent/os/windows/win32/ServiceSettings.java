package io.cordon.agent.os.windows.win32;

import static io.cordon.agent.os.windows.win32.Advapi32Services.Library.ADVAPI32;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.WString;
import com.sun.jna.platform.win32.WinNT;
import com.sun.jna.platform.win32.Winsvc.SC_HANDLE;
import com.sun.jna.ptr.IntByReference;
import io.cordon.agent.os.windows.service.ServiceConfig;
import io.cordon.agent.os.windows.service.ServiceSetting;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A service's configuration between our record and the structures of {@code winsvc.h}. */
final class ServiceSettings {
    /** Longest answer that the manager gives to any of these questions. */
    private static final int ANSWER = 8 * 1024;

    private ServiceSettings() {}

    static int start(ServiceConfig config) {
        return config.automatic() ? ServiceConstants.SERVICE_AUTO_START : ServiceConstants.SERVICE_DEMAND_START;
    }

    static ServiceConfig read(SC_HANDLE service) throws IOException {
        try (Memory base = new Memory(ANSWER);
                Memory description = query(service, ServiceConstants.SERVICE_CONFIG_DESCRIPTION);
                Memory recovery = query(service, ServiceConstants.SERVICE_CONFIG_FAILURE_ACTIONS);
                Memory delayed = query(service, ServiceConstants.SERVICE_CONFIG_DELAYED_AUTO_START_INFO);
                Memory onError = query(service, ServiceConstants.SERVICE_CONFIG_FAILURE_ACTIONS_FLAG);
                Memory sid = query(service, ServiceConstants.SERVICE_CONFIG_SERVICE_SID_INFO);
                Memory privileges = query(service, ServiceConstants.SERVICE_CONFIG_REQUIRED_PRIVILEGES_INFO);
                Memory preshutdown = query(service, ServiceConstants.SERVICE_CONFIG_PRESHUTDOWN_INFO)) {
            if (ADVAPI32.QueryServiceConfigW(service, base, ANSWER, new IntByReference()) == 0) {
                throw Failure.last("QueryServiceConfigW");
            }
            var config = new Advapi32Services.QUERY_SERVICE_CONFIGW(base);
            config.read();
            var actions = new Advapi32Services.SERVICE_FAILURE_ACTIONSW(recovery);
            actions.read();
            return new ServiceConfig(
                    quoted(WideText.read(config.lpBinaryPathName)),
                    WideText.read(config.lpDisplayName),
                    WideText.read(description.getPointer(0)),
                    config.dwStartType == ServiceConstants.SERVICE_AUTO_START,
                    delayed.getInt(0) != 0,
                    WideText.read(config.lpServiceStartName),
                    WideText.readMulti(config.lpDependencies),
                    delays(actions),
                    actions.dwResetPeriod,
                    onError.getInt(0) != 0,
                    sid.getInt(0),
                    WideText.readMulti(privileges.getPointer(0)),
                    Duration.ofMillis(Integer.toUnsignedLong(preshutdown.getInt(0))),
                    access(service));
        }
    }

    /** What stands unquoted there differs from what is wanted, as it should. */
    private static String quoted(String binaryPath) {
        return binaryPath.startsWith("\"") ? binaryPath : "\"\"" + binaryPath;
    }

    private static List<Duration> delays(Advapi32Services.SERVICE_FAILURE_ACTIONSW actions) {
        List<Duration> delays = new ArrayList<>();
        for (int i = 0; i < actions.cActions && actions.lpsaActions != null; i++) {
            var action = new Advapi32Services.SC_ACTION(actions.lpsaActions.share(8L * i));
            action.read();
            // Anything but a restart counts as none, so that it differs.
            delays.add(
                    action.Type == ServiceConstants.SC_ACTION_RESTART
                            ? Duration.ofMillis(Integer.toUnsignedLong(action.Delay))
                            : Duration.ofMillis(-1));
        }
        return delays;
    }

    private static Memory query(SC_HANDLE service, int level) throws IOException {
        Memory answer = new Memory(ANSWER);
        answer.clear();
        if (ADVAPI32.QueryServiceConfig2W(service, level, answer, ANSWER, new IntByReference()) == 0) {
            int error = Native.getLastError();
            answer.close();
            throw Failure.of("QueryServiceConfig2W(level " + level + ")", error);
        }
        return answer;
    }

    private static String access(SC_HANDLE service) throws IOException {
        try (Memory descriptor = new Memory(ANSWER)) {
            if (ADVAPI32.QueryServiceObjectSecurity(
                            service, WinNT.DACL_SECURITY_INFORMATION, descriptor, ANSWER, new IntByReference())
                    == 0) {
                throw Failure.last("QueryServiceObjectSecurity");
            }
            return SddlText.access(descriptor);
        }
    }

    static void write(SC_HANDLE service, ServiceSetting setting, ServiceConfig wanted) throws IOException {
        switch (setting) {
            case BASE -> base(service, wanted);
            case DELAYED_START ->
                number(service, ServiceConstants.SERVICE_CONFIG_DELAYED_AUTO_START_INFO, wanted.delayed() ? 1 : 0);
            case DESCRIPTION ->
                text(service, ServiceConstants.SERVICE_CONFIG_DESCRIPTION, WideText.of(wanted.description()));
            case RECOVERY -> recovery(service, wanted);
            case RECOVERY_ON_ERROR ->
                number(service, ServiceConstants.SERVICE_CONFIG_FAILURE_ACTIONS_FLAG, wanted.failureOnError() ? 1 : 0);
            case SID_TYPE -> number(service, ServiceConstants.SERVICE_CONFIG_SERVICE_SID_INFO, wanted.sidType());
            case PRIVILEGES ->
                text(
                        service,
                        ServiceConstants.SERVICE_CONFIG_REQUIRED_PRIVILEGES_INFO,
                        WideText.multi(wanted.privileges()));
            case PRESHUTDOWN ->
                number(
                        service,
                        ServiceConstants.SERVICE_CONFIG_PRESHUTDOWN_INFO,
                        Math.toIntExact(wanted.preshutdown().toMillis()));
            case ACCESS -> access(service, wanted.access());
        }
    }

    private static void base(SC_HANDLE service, ServiceConfig wanted) throws IOException {
        try (Memory dependencies = WideText.multi(wanted.dependencies())) {
            if (ADVAPI32.ChangeServiceConfigW(
                            service,
                            ServiceConstants.SERVICE_WIN32_OWN_PROCESS,
                            start(wanted),
                            ServiceConstants.SERVICE_ERROR_NORMAL,
                            new WString(wanted.binaryPath()),
                            null,
                            null,
                            dependencies,
                            new WString(wanted.account()),
                            new WString(""),
                            new WString(wanted.displayName()))
                    == 0) {
                throw Failure.last("ChangeServiceConfigW");
            }
        }
    }

    private static void recovery(SC_HANDLE service, ServiceConfig wanted) throws IOException {
        int count = wanted.restartDelays().size();
        try (Memory actions = new Memory(8L * Math.max(1, count));
                Memory info = new Memory(40)) {
            for (int i = 0; i < count; i++) {
                var action = new Advapi32Services.SC_ACTION(actions.share(8L * i));
                action.Type = ServiceConstants.SC_ACTION_RESTART;
                action.Delay = Math.toIntExact(wanted.restartDelays().get(i).toMillis());
                action.write();
            }
            info.clear();
            var all = new Advapi32Services.SERVICE_FAILURE_ACTIONSW(info);
            all.dwResetPeriod = wanted.failureReset();
            all.cActions = count;
            all.lpsaActions = actions;
            all.write();
            change(service, ServiceConstants.SERVICE_CONFIG_FAILURE_ACTIONS, info);
        }
    }

    /** A structure of one DWORD or BOOL. */
    private static void number(SC_HANDLE service, int level, int value) throws IOException {
        try (Memory info = new Memory(Integer.BYTES)) {
            info.setInt(0, value);
            change(service, level, info);
        }
    }

    /** A structure of one pointer. */
    private static void text(SC_HANDLE service, int level, Memory text) throws IOException {
        try (text;
                Memory info = new Memory(Native.POINTER_SIZE)) {
            info.setPointer(0, text);
            change(service, level, info);
        }
    }

    private static void change(SC_HANDLE service, int level, Pointer info) throws IOException {
        if (ADVAPI32.ChangeServiceConfig2W(service, level, info) == 0) {
            throw Failure.last("ChangeServiceConfig2W(level " + level + ")");
        }
    }

    private static void access(SC_HANDLE service, String sddl) throws IOException {
        try (Memory descriptor = SddlText.descriptor(sddl)) {
            if (ADVAPI32.SetServiceObjectSecurity(service, WinNT.DACL_SECURITY_INFORMATION, descriptor) == 0) {
                throw Failure.last("SetServiceObjectSecurity");
            }
        }
    }
}
