package io.cordon.agent.os.windows.win32;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.WString;
import com.sun.jna.win32.StdCallLibrary;
import org.jspecify.annotations.NullUnmarked;

/** Window stations and desktops. */
@Header("windows.h")
@NullUnmarked // What may be null, the documentation of each function says.
interface User32Desktops extends StdCallLibrary {
    Pointer CreateWindowStationW(WString name, int flags, int access, Pointer securityAttributes);

    Pointer GetProcessWindowStation();

    boolean SetProcessWindowStation(Pointer station);

    boolean CloseWindowStation(Pointer station);

    Pointer CreateDesktopW(
            WString name, WString device, Pointer mode, int flags, int access, Pointer securityAttributes);

    boolean CloseDesktop(Pointer desktop);

    /** Loaded when first used, on Windows only. */
    final class Library {
        static final User32Desktops USER32 = Native.load("user32", User32Desktops.class);

        private Library() {}
    }
}
