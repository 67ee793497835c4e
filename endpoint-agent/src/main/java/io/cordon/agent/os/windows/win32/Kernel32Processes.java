package io.cordon.agent.os.windows.win32;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.platform.win32.BaseTSD.SIZE_T;
import com.sun.jna.platform.win32.BaseTSD.ULONG_PTR;
import com.sun.jna.platform.win32.BaseTSD.ULONG_PTRByReference;
import com.sun.jna.platform.win32.WinNT.HANDLE;
import com.sun.jna.win32.StdCallLibrary;
import org.jspecify.annotations.Nullable;

/** Starting processes with attributes. */
@Header("windows.h")
interface Kernel32Processes extends StdCallLibrary {
    boolean InitializeProcThreadAttributeList(@Nullable Pointer list, int count, int flags, ULONG_PTRByReference size);

    boolean UpdateProcThreadAttribute(
            Pointer list,
            int flags,
            ULONG_PTR attribute,
            Pointer value,
            SIZE_T size,
            @Nullable Pointer previous,
            @Nullable Pointer returned);

    void DeleteProcThreadAttributeList(Pointer list);

    int ResumeThread(HANDLE thread);

    boolean TerminateProcess(HANDLE process, int exitCode);

    /** Loaded when first used, on Windows only. */
    final class Library {
        static final Kernel32Processes KERNEL32 = Native.load("kernel32", Kernel32Processes.class);

        private Library() {}
    }

    @Header("windows.h")
    @Structure.FieldOrder({
        "cb",
        "lpReserved",
        "lpDesktop",
        "lpTitle",
        "dwX",
        "dwY",
        "dwXSize",
        "dwYSize",
        "dwXCountChars",
        "dwYCountChars",
        "dwFillAttribute",
        "dwFlags",
        "wShowWindow",
        "cbReserved2",
        "lpReserved2",
        "hStdInput",
        "hStdOutput",
        "hStdError"
    })
    @SuppressWarnings("NullAway.Init") // Windows fills it in.
    class STARTUPINFOW extends Structure {
        public int cb;
        public Pointer lpReserved;
        public Pointer lpDesktop;
        public Pointer lpTitle;
        public int dwX;
        public int dwY;
        public int dwXSize;
        public int dwYSize;
        public int dwXCountChars;
        public int dwYCountChars;
        public int dwFillAttribute;
        public int dwFlags;
        public short wShowWindow;
        public short cbReserved2;
        public Pointer lpReserved2;
        public Pointer hStdInput;
        public Pointer hStdOutput;
        public Pointer hStdError;
    }

    @Header("windows.h")
    @Structure.FieldOrder({"StartupInfo", "lpAttributeList"})
    @SuppressWarnings("NullAway.Init") // Windows fills it in.
    class STARTUPINFOEXW extends Structure {
        public STARTUPINFOW StartupInfo;
        public Pointer lpAttributeList;
    }

    @Header("windows.h")
    @Structure.FieldOrder({"hProcess", "hThread", "dwProcessId", "dwThreadId"})
    @SuppressWarnings("NullAway.Init") // Windows fills it in.
    class PROCESS_INFORMATION extends Structure {
        public HANDLE hProcess;
        public HANDLE hThread;
        public int dwProcessId;
        public int dwThreadId;
    }
}
