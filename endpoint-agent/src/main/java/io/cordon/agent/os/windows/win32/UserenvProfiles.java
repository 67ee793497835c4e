package io.cordon.agent.os.windows.win32;

import com.sun.jna.Native;
import com.sun.jna.WString;
import com.sun.jna.win32.StdCallLibrary;
import org.jspecify.annotations.Nullable;

/** Profiles: what jna-platform does not have. */
@Header({"windows.h", "userenv.h"})
interface UserenvProfiles extends StdCallLibrary {
    int DeleteProfileW(WString sid, @Nullable WString path, @Nullable WString computer);

    /** Loaded when first used, on Windows only. */
    final class Library {
        static final UserenvProfiles USERENV = Native.load("userenv", UserenvProfiles.class);

        private Library() {}
    }
}
