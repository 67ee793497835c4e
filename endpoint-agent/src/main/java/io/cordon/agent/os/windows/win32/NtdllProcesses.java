package io.cordon.agent.os.windows.win32;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.platform.win32.BaseTSD.ULONG_PTR;
import com.sun.jna.platform.win32.WinNT.HANDLE;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.win32.StdCallLibrary;
import org.jspecify.annotations.NullUnmarked;

/** What only the native interface tells of a process or a file. Results are NTSTATUS. */
@Header({"windows.h", "winternl.h"})
@NullUnmarked // What may be null, the documentation of each function says.
interface NtdllProcesses extends StdCallLibrary {
    int NtQueryInformationProcess(
            HANDLE process, int informationClass, Pointer information, int length, IntByReference returned);

    int NtQueryVolumeInformationFile(
            HANDLE file, Pointer statusBlock, Pointer information, int length, int informationClass);

    /** Loaded when first used, on Windows only. */
    final class Library {
        static final NtdllProcesses NTDLL = Native.load("ntdll", NtdllProcesses.class);

        private Library() {}
    }

    @Header({"windows.h", "winternl.h"})
    @Structure.FieldOrder({
        "ExitStatus",
        "PebBaseAddress",
        "AffinityMask",
        "BasePriority",
        "UniqueProcessId",
        "InheritedFromUniqueProcessId"
    })
    @SuppressWarnings("NullAway.Init") // Windows fills it in.
    class PROCESS_BASIC_INFORMATION extends Structure {
        public int ExitStatus;
        public Pointer PebBaseAddress;
        public ULONG_PTR AffinityMask = new ULONG_PTR();
        public int BasePriority;
        public ULONG_PTR UniqueProcessId = new ULONG_PTR();
        public ULONG_PTR InheritedFromUniqueProcessId = new ULONG_PTR();
    }

    @Header({"windows.h", "winternl.h"})
    @Structure.FieldOrder({"Length", "MaximumLength", "Buffer"})
    @SuppressWarnings("NullAway.Init") // Windows fills it in.
    class UNICODE_STRING extends Structure {
        public short Length;
        public short MaximumLength;
        public Pointer Buffer;

        public UNICODE_STRING(Pointer memory) {
            super(memory);
            read();
        }
    }

    @Header({"windows.h", "winternl.h"})
    @Structure.FieldOrder({"DeviceType", "Characteristics"})
    @SuppressWarnings("NullAway.Init") // Windows fills it in.
    class FILE_FS_DEVICE_INFORMATION extends Structure {
        public int DeviceType;
        public int Characteristics;
    }
}
