package io.cordon.agent.os.windows.launch;

import io.cordon.agent.os.windows.Sid;
import java.util.regex.Pattern;

/**
 * A private window station and desktop: no clipboard, atoms or windows are shared with a user or with another run.
 *
 * @param name of the station; its one desktop is {@link #DESKTOP}
 */
public record DesktopPlan(String name, String stationSddl, String desktopSddl) {
    public static final String DESKTOP = "Confined";

    private static final Pattern NAME = Pattern.compile("CordonStation-[0-9a-f]{16}");

    /**
     * ENUMDESKTOPS, READATTRIBUTES, ACCESSCLIPBOARD, WRITEATTRIBUTES, ACCESSGLOBALATOMS, ENUMERATE, READSCREEN and READ_CONTROL; not
     * CREATEDESKTOP nor EXITWINDOWS.
     */
    private static final String STATION_RIGHTS = "0x20337";

    /**
     * READOBJECTS, CREATEWINDOW, CREATEMENU, HOOKCONTROL, ENUMERATE, WRITEOBJECTS and READ_CONTROL; not JOURNALRECORD,
     * JOURNALPLAYBACK nor SWITCHDESKTOP, and neither DELETE, WRITE_DAC nor WRITE_OWNER.
     */
    private static final String DESKTOP_RIGHTS = "0x200cf";

    public DesktopPlan {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("station: " + name + " (expected: CordonStation- and 16 hex digits)");
        }
    }

    /** @param number random, so that nobody can make the station first */
    static DesktopPlan of(long number, Sid logon) {
        return new DesktopPlan(
                String.format("CordonStation-%016x", number), sddl(STATION_RIGHTS, logon), sddl(DESKTOP_RIGHTS, logon));
    }

    private static String sddl(String rights, Sid logon) {
        return "D:P(A;;GA;;;SY)(A;;" + rights + ";;;" + logon + ")";
    }

    /** As {@code STARTUPINFO.lpDesktop}. */
    public String path() {
        return name + "\\" + DESKTOP;
    }
}
