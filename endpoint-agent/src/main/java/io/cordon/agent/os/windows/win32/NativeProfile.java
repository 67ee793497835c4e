package io.cordon.agent.os.windows.win32;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.platform.win32.WinNT.HANDLE;
import com.sun.jna.ptr.IntByReference;
import io.cordon.agent.os.windows.launch.LaunchException;
import java.io.IOException;
import java.util.Locale;

/**
 * A loaded profile.
 *
 * @param roaming whether its folder is a copy of one on a server
 */
record NativeProfile(String folder, boolean roaming, HANDLE hive) {
    private static final String STAGE = "profile";
    private static final int LONGEST_PATH = 32_768;

    /** @throws LaunchException also when Windows fell back on a profile that is not the account's own */
    static NativeProfile load(HANDLE token, String account) throws LaunchException {
        UserenvLogons.PROFILEINFOW info = new UserenvLogons.PROFILEINFOW();
        try (Memory name = new Memory((account.length() + 1L) * Character.BYTES)) {
            name.setWideString(0, account);
            info.dwSize = info.size();
            info.dwFlags = ProfileConstants.PI_NOUI;
            info.lpUserName = name;
            if (!UserenvLogons.Library.USERENV.LoadUserProfileW(token, info)) {
                throw Handles.failure(STAGE, "LoadUserProfileW(" + account + ")");
            }
        }
        NativeProfile profile = new NativeProfile("", false, info.hProfile);
        try {
            int type = checkedType(token, account);
            return new NativeProfile(folder(token, account), (type & ProfileConstants.PT_ROAMING) != 0, info.hProfile);
        } catch (LaunchException | RuntimeException e) {
            profile.unload(token);
            throw e;
        }
    }

    private static int checkedType(HANDLE token, String account) throws LaunchException {
        int type;
        try {
            type = Impersonation.as(token, () -> {
                IntByReference flags = new IntByReference();
                if (!UserenvLogons.Library.USERENV.GetProfileType(flags)) {
                    throw Handles.failure(STAGE, "GetProfileType");
                }
                return flags.getValue();
            });
        } catch (IOException e) {
            throw new LaunchException(STAGE, String.valueOf(e.getMessage()));
        }
        if ((type & (ProfileConstants.PT_TEMPORARY | ProfileConstants.PT_MANDATORY)) != 0) {
            throw new LaunchException(
                    STAGE,
                    "profile of " + account + ": type " + type
                            + " (expected: its own, not a temporary or mandatory one); remove the broken profile");
        }
        return type;
    }

    private static String folder(HANDLE token, String account) throws LaunchException {
        char[] path = new char[LONGEST_PATH];
        IntByReference size = new IntByReference(path.length);
        if (!UserenvLogons.Library.USERENV.GetUserProfileDirectoryW(token, path, size)) {
            throw Handles.failure(STAGE, "GetUserProfileDirectoryW(" + account + ")");
        }
        String folder = Native.toString(path);
        String leaf = folder.substring(folder.lastIndexOf('\\') + 1).toLowerCase(Locale.ROOT);
        String own = account.toLowerCase(Locale.ROOT);
        // A second profile of the same name gets the machine's name or a number after a dot.
        if (!leaf.equals(own) && !leaf.startsWith(own + ".")) {
            throw new LaunchException(
                    STAGE, "profile of " + account + ": " + folder + " (expected: a folder of that name)");
        }
        return folder;
    }

    void unload(HANDLE token) {
        if (!UserenvLogons.Library.USERENV.UnloadUserProfile(token, hive)) {
            System.getLogger(NativeProfile.class.getName())
                    .log(System.Logger.Level.WARNING, Handles.text("UnloadUserProfile", Native.getLastError()));
        }
    }
}
