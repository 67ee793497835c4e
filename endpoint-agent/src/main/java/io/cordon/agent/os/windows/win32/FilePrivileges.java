package io.cordon.agent.os.windows.win32;

import com.sun.jna.Native;
import com.sun.jna.platform.win32.Advapi32;
import com.sun.jna.platform.win32.Kernel32;
import com.sun.jna.platform.win32.WinNT;
import com.sun.jna.platform.win32.WinNT.HANDLEByReference;
import java.io.IOException;
import java.util.List;

/** Privileges that LocalSystem has but that are off until they are asked for. */
public final class FilePrivileges {
    private static final List<String> NEEDED =
            List.of(WinNT.SE_BACKUP_NAME, WinNT.SE_RESTORE_NAME, WinNT.SE_TAKE_OWNERSHIP_NAME);

    private FilePrivileges() {}

    /** Turns them on for the whole process; once, at start. */
    public static void enable() throws IOException {
        HANDLEByReference token = new HANDLEByReference();
        int access = WinNT.TOKEN_ADJUST_PRIVILEGES | WinNT.TOKEN_QUERY;
        if (!Advapi32.INSTANCE.OpenProcessToken(Kernel32.INSTANCE.GetCurrentProcess(), access, token)) {
            throw failed("OpenProcessToken");
        }
        try {
            for (String name : NEEDED) {
                enable(token.getValue(), name);
            }
        } finally {
            Kernel32.INSTANCE.CloseHandle(token.getValue());
        }
    }

    private static void enable(WinNT.HANDLE token, String name) throws IOException {
        WinNT.TOKEN_PRIVILEGES privileges = new WinNT.TOKEN_PRIVILEGES(1);
        WinNT.LUID luid = new WinNT.LUID();
        if (!Advapi32.INSTANCE.LookupPrivilegeValue(null, name, luid)) {
            throw failed("LookupPrivilegeValue " + name);
        }
        privileges.Privileges[0] = new WinNT.LUID_AND_ATTRIBUTES(
                luid, new com.sun.jna.platform.win32.WinDef.DWORD(WinNT.SE_PRIVILEGE_ENABLED));
        // It succeeds even when the token has no such privilege; the error then says so.
        boolean done = Advapi32.INSTANCE.AdjustTokenPrivileges(token, false, privileges, 0, null, null);
        if (!done || Native.getLastError() != 0) {
            throw failed("AdjustTokenPrivileges " + name);
        }
    }

    private static IOException failed(String call) {
        return new IOException(call + ": error " + Native.getLastError()
                + " (expected: the service runs as LocalSystem with all its privileges)");
    }
}
