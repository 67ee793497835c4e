package io.cordon.agent.os.windows.win32;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.platform.win32.WinNT.HANDLEByReference;
import com.sun.jna.win32.StdCallLibrary;
import org.jspecify.annotations.Nullable;

/** The one call that opens and makes files relative to an open folder. Returns an NTSTATUS, negative for failure. */
@Header("winternl.h")
interface NtdllFiles extends StdCallLibrary {
    /** Loads the DLL where it is first used, and nowhere else. */
    final class Loaded {
        static final NtdllFiles INSTANCE = Native.load("ntdll", NtdllFiles.class);

        private Loaded() {}
    }

    int NtCreateFile(
            HANDLEByReference FileHandle,
            int DesiredAccess,
            FileTypes.OBJECT_ATTRIBUTES ObjectAttributes,
            FileTypes.IO_STATUS_BLOCK IoStatusBlock,
            @Nullable Pointer AllocationSize,
            int FileAttributes,
            int ShareAccess,
            int CreateDisposition,
            int CreateOptions,
            @Nullable Pointer EaBuffer,
            int EaLength);

    int RtlNtStatusToDosError(int Status);
}
