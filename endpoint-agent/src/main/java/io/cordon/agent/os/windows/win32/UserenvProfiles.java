package io.cordon.agent.os.windows.win32;

import com.sun.jna.Native;
import com.sun.jna.WString;
import com.sun.jna.win32.StdCallLibrary;

/** Profiles: what jna-platform does not have. */
@Header({"windows.h", "userenv.h"})
interface UserenvProfiles extends StdCallLibrary {
    int DeleteProfileW(WString sid, WString path, WString computer);

    /** Loaded when first used, on Windows only. */
    final class Library {
        static final UserenvProfiles USERENV = Native.load("userenv", UserenvProfiles.class);

        private Library() {}
    }
}
