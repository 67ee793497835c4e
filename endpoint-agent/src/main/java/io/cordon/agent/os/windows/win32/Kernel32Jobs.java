package io.cordon.agent.os.windows.win32;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.WString;
import com.sun.jna.platform.win32.BaseTSD.SIZE_T;
import com.sun.jna.platform.win32.BaseTSD.ULONG_PTR;
import com.sun.jna.platform.win32.WinNT.HANDLE;
import com.sun.jna.platform.win32.WinNT.LARGE_INTEGER;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.win32.StdCallLibrary;
import org.jspecify.annotations.NullUnmarked;

/** Job objects. */
@Header("windows.h")
@NullUnmarked // What may be null, the documentation of each function says.
interface Kernel32Jobs extends StdCallLibrary {
    HANDLE CreateJobObjectW(Pointer securityAttributes, WString name);

    boolean SetInformationJobObject(HANDLE job, int informationClass, Pointer information, int length);

    boolean QueryInformationJobObject(
            HANDLE job, int informationClass, Pointer information, int length, IntByReference returned);

    boolean TerminateJobObject(HANDLE job, int exitCode);

    HANDLE CreateIoCompletionPort(HANDLE file, HANDLE existing, ULONG_PTR key, int threads);

    boolean IsProcessInJob(HANDLE process, HANDLE job, IntByReference result);

    /** Loaded when first used, on Windows only. */
    final class Library {
        static final Kernel32Jobs KERNEL32 = Native.load("kernel32", Kernel32Jobs.class);

        private Library() {}
    }

    @Header("windows.h")
    @Structure.FieldOrder({
        "PerProcessUserTimeLimit",
        "PerJobUserTimeLimit",
        "LimitFlags",
        "MinimumWorkingSetSize",
        "MaximumWorkingSetSize",
        "ActiveProcessLimit",
        "Affinity",
        "PriorityClass",
        "SchedulingClass"
    })
    @SuppressWarnings("NullAway.Init") // Windows fills it in.
    class JOBOBJECT_BASIC_LIMIT_INFORMATION extends Structure {
        public LARGE_INTEGER PerProcessUserTimeLimit;
        public LARGE_INTEGER PerJobUserTimeLimit;
        public int LimitFlags;
        public SIZE_T MinimumWorkingSetSize = new SIZE_T();
        public SIZE_T MaximumWorkingSetSize = new SIZE_T();
        public int ActiveProcessLimit;
        public ULONG_PTR Affinity = new ULONG_PTR();
        public int PriorityClass;
        public int SchedulingClass;
    }

    @Header("windows.h")
    @Structure.FieldOrder({
        "ReadOperationCount",
        "WriteOperationCount",
        "OtherOperationCount",
        "ReadTransferCount",
        "WriteTransferCount",
        "OtherTransferCount"
    })
    @SuppressWarnings("NullAway.Init") // Windows fills it in.
    class IO_COUNTERS extends Structure {
        public long ReadOperationCount;
        public long WriteOperationCount;
        public long OtherOperationCount;
        public long ReadTransferCount;
        public long WriteTransferCount;
        public long OtherTransferCount;
    }

    @Header("windows.h")
    @Structure.FieldOrder({
        "BasicLimitInformation",
        "IoInfo",
        "ProcessMemoryLimit",
        "JobMemoryLimit",
        "PeakProcessMemoryUsed",
        "PeakJobMemoryUsed"
    })
    @SuppressWarnings("NullAway.Init") // Windows fills it in.
    class JOBOBJECT_EXTENDED_LIMIT_INFORMATION extends Structure {
        public JOBOBJECT_BASIC_LIMIT_INFORMATION BasicLimitInformation;
        public IO_COUNTERS IoInfo;
        public SIZE_T ProcessMemoryLimit = new SIZE_T();
        public SIZE_T JobMemoryLimit = new SIZE_T();
        public SIZE_T PeakProcessMemoryUsed = new SIZE_T();
        public SIZE_T PeakJobMemoryUsed = new SIZE_T();
    }

    @Header("windows.h")
    @Structure.FieldOrder({
        "TotalUserTime",
        "TotalKernelTime",
        "ThisPeriodTotalUserTime",
        "ThisPeriodTotalKernelTime",
        "TotalPageFaultCount",
        "TotalProcesses",
        "ActiveProcesses",
        "TotalTerminatedProcesses"
    })
    @SuppressWarnings("NullAway.Init") // Windows fills it in.
    class JOBOBJECT_BASIC_ACCOUNTING_INFORMATION extends Structure {
        public LARGE_INTEGER TotalUserTime;
        public LARGE_INTEGER TotalKernelTime;
        public LARGE_INTEGER ThisPeriodTotalUserTime;
        public LARGE_INTEGER ThisPeriodTotalKernelTime;
        public int TotalPageFaultCount;
        public int TotalProcesses;
        public int ActiveProcesses;
        public int TotalTerminatedProcesses;
    }

    @Header("windows.h")
    @Structure.FieldOrder({"UIRestrictionsClass"})
    @SuppressWarnings("NullAway.Init") // Windows fills it in.
    class JOBOBJECT_BASIC_UI_RESTRICTIONS extends Structure {
        public int UIRestrictionsClass;
    }

    @Header("windows.h")
    @Structure.FieldOrder({"CompletionKey", "CompletionPort"})
    @SuppressWarnings("NullAway.Init") // Windows fills it in.
    class JOBOBJECT_ASSOCIATE_COMPLETION_PORT extends Structure {
        public Pointer CompletionKey;
        public HANDLE CompletionPort;
    }
}
