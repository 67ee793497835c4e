package io.cordon.agent.os.windows.win32;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.WString;
import com.sun.jna.platform.win32.WinNT.HANDLE;
import com.sun.jna.win32.StdCallLibrary;
import org.jspecify.annotations.Nullable;

/** Calls about open files that jna-platform lacks or maps in a form that cannot be used here. */
@Header({"fileapi.h", "winbase.h"})
interface Kernel32Files extends StdCallLibrary {
    /** Loads the DLL where it is first used, and nowhere else. */
    final class Loaded {
        static final Kernel32Files INSTANCE = Native.load("kernel32", Kernel32Files.class);

        private Loaded() {}
    }

    boolean GetFileInformationByHandle(HANDLE hFile, FileTypes.BY_HANDLE_FILE_INFORMATION lpFileInformation);

    boolean GetFileInformationByHandleEx(
            HANDLE hFile, int FileInformationClass, Pointer lpFileInformation, int dwBufferSize);

    boolean SetFileInformationByHandle(
            HANDLE hFile, int FileInformationClass, Pointer lpFileInformation, int dwBufferSize);

    int GetFinalPathNameByHandleW(HANDLE hFile, char[] lpszFilePath, int cchFilePath, int dwFlags);

    HANDLE OpenFileById(
            HANDLE hVolumeHint,
            FileTypes.FILE_ID_DESCRIPTOR lpFileId,
            int dwDesiredAccess,
            int dwShareMode,
            @Nullable Pointer lpSecurityAttributes,
            int dwFlagsAndAttributes);

    HANDLE CreateFileW(
            WString lpFileName,
            int dwDesiredAccess,
            int dwShareMode,
            @Nullable Pointer lpSecurityAttributes,
            int dwCreationDisposition,
            int dwFlagsAndAttributes,
            @Nullable HANDLE hTemplateFile);
}
