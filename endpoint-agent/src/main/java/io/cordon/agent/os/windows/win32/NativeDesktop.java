package io.cordon.agent.os.windows.win32;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.WString;
import io.cordon.agent.os.windows.launch.DesktopPlan;
import io.cordon.agent.os.windows.launch.LaunchException;
import io.cordon.agent.os.windows.launch.Machine;

/** A window station with one desktop. */
final class NativeDesktop implements Machine.Desktop {
    private static final System.Logger LOG = System.getLogger(NativeDesktop.class.getName());
    private static final String STAGE = "desktop";
    private static final User32Desktops USER32 = User32Desktops.Library.USER32;

    /** A desktop is made in the station of the process, which has but one. */
    private static final Object STATION_OF_THE_PROCESS = new Object();

    private final String name;
    private final Pointer station;
    private final Pointer desktop;
    private boolean closed;

    private NativeDesktop(String name, Pointer station, Pointer desktop) {
        this.name = name;
        this.station = station;
        this.desktop = desktop;
    }

    static NativeDesktop create(DesktopPlan plan) throws LaunchException {
        Pointer station;
        try (SecurityAttributes security = SecurityAttributes.of(plan.stationSddl())) {
            // CWF_CREATE_ONLY: what is there already was made by somebody else.
            station = USER32.CreateWindowStationW(
                    new WString(plan.name()),
                    DesktopConstants.CWF_CREATE_ONLY,
                    DesktopConstants.WINSTA_ALL_ACCESS,
                    security.pointer());
        }
        if (station == null) {
            throw Handles.failure(STAGE, "CreateWindowStationW(" + plan.name() + ")");
        }
        try {
            return new NativeDesktop(plan.path(), station, desktop(plan, station));
        } catch (LaunchException e) {
            closeStation(station);
            throw e;
        }
    }

    private static Pointer desktop(DesktopPlan plan, Pointer station) throws LaunchException {
        synchronized (STATION_OF_THE_PROCESS) {
            Pointer own = USER32.GetProcessWindowStation();
            if (own == null || !USER32.SetProcessWindowStation(station)) {
                throw Handles.failure(STAGE, "SetProcessWindowStation");
            }
            try (SecurityAttributes security = SecurityAttributes.of(plan.desktopSddl())) {
                Pointer desktop = USER32.CreateDesktopW(
                        new WString(DesktopPlan.DESKTOP),
                        null,
                        null,
                        0,
                        DesktopConstants.GENERIC_ALL,
                        security.pointer());
                if (desktop == null) {
                    throw Handles.failure(STAGE, "CreateDesktopW");
                }
                return desktop;
            } finally {
                if (!USER32.SetProcessWindowStation(own)) {
                    LOG.log(System.Logger.Level.ERROR, Handles.text("SetProcessWindowStation", Native.getLastError()));
                }
            }
        }
    }

    private static void closeStation(Pointer station) {
        if (!USER32.CloseWindowStation(station)) {
            LOG.log(System.Logger.Level.ERROR, Handles.text("CloseWindowStation", Native.getLastError()));
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (!USER32.CloseDesktop(desktop)) {
            LOG.log(System.Logger.Level.ERROR, Handles.text("CloseDesktop", Native.getLastError()));
        }
        closeStation(station);
    }
}
