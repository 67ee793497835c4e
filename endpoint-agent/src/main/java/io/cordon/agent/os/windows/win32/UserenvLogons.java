package io.cordon.agent.os.windows.win32;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.platform.win32.WinNT.HANDLE;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.win32.StdCallLibrary;
import org.jspecify.annotations.NullUnmarked;

/** The profile of a logon. */
@Header({"windows.h", "userenv.h"})
@NullUnmarked // What may be null, the documentation of each function says.
interface UserenvLogons extends StdCallLibrary {
    boolean LoadUserProfileW(HANDLE token, PROFILEINFOW profile);

    boolean UnloadUserProfile(HANDLE token, HANDLE profile);

    boolean GetUserProfileDirectoryW(HANDLE token, char[] directory, IntByReference size);

    /** Of the user that the calling thread impersonates. */
    boolean GetProfileType(IntByReference flags);

    /** Loaded when first used, on Windows only. */
    final class Library {
        static final UserenvLogons USERENV = Native.load("userenv", UserenvLogons.class);

        private Library() {}
    }

    @Header({"windows.h", "userenv.h"})
    @Structure.FieldOrder({
        "dwSize",
        "dwFlags",
        "lpUserName",
        "lpProfilePath",
        "lpDefaultPath",
        "lpServerName",
        "lpPolicyPath",
        "hProfile"
    })
    @SuppressWarnings("NullAway.Init") // Windows fills it in.
    class PROFILEINFOW extends Structure {
        public int dwSize;
        public int dwFlags;
        public Pointer lpUserName;
        public Pointer lpProfilePath;
        public Pointer lpDefaultPath;
        public Pointer lpServerName;
        public Pointer lpPolicyPath;
        public HANDLE hProfile;
    }
}
