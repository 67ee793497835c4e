package io.cordon.agent.os.windows.win32;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.WString;
import com.sun.jna.platform.win32.WinNT.HANDLE;
import com.sun.jna.platform.win32.WinNT.LARGE_INTEGER;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.win32.StdCallLibrary;
import org.jspecify.annotations.NullUnmarked;

/** Pipes and overlapped input and output. An {@code OVERLAPPED} is given as memory that stays where it is while Windows uses it. */
@Header("windows.h")
@NullUnmarked // What may be null, the documentation of each function says.
interface Kernel32Io extends StdCallLibrary {
    HANDLE CreateNamedPipeW(
            WString name,
            int openMode,
            int pipeMode,
            int maxInstances,
            int outBufferSize,
            int inBufferSize,
            int defaultTimeout,
            Pointer securityAttributes);

    boolean ConnectNamedPipe(HANDLE pipe, Pointer overlapped);

    boolean GetNamedPipeClientProcessId(HANDLE pipe, IntByReference pid);

    boolean GetNamedPipeInfo(
            HANDLE pipe, IntByReference flags, Pointer outBufferSize, Pointer inBufferSize, Pointer maxInstances);

    boolean ReadFile(HANDLE file, Pointer buffer, int length, IntByReference read, Pointer overlapped);

    boolean WriteFile(HANDLE file, Pointer buffer, int length, IntByReference written, Pointer overlapped);

    boolean GetOverlappedResult(HANDLE file, Pointer overlapped, IntByReference transferred, boolean wait);

    boolean CancelIoEx(HANDLE file, Pointer overlapped);

    int GetFinalPathNameByHandleW(HANDLE file, char[] path, int length, int flags);

    HANDLE CreateFileW(
            WString name,
            int access,
            int share,
            Pointer securityAttributes,
            int disposition,
            int flags,
            HANDLE template);

    boolean GetFileInformationByHandleEx(HANDLE file, int informationClass, Pointer information, int length);

    /** Loaded when first used, on Windows only. */
    final class Library {
        static final Kernel32Io KERNEL32 = Native.load("kernel32", Kernel32Io.class);

        private Library() {}
    }

    /** Not jna-platform's, which takes the two {@code BOOLEAN}s for four bytes each and so reads a folder as a file. */
    @Header("windows.h")
    @Structure.FieldOrder({"AllocationSize", "EndOfFile", "NumberOfLinks", "DeletePending", "Directory"})
    @SuppressWarnings("NullAway.Init") // Windows fills it in.
    class FILE_STANDARD_INFO extends Structure {
        public LARGE_INTEGER AllocationSize;
        public LARGE_INTEGER EndOfFile;
        public int NumberOfLinks;
        public byte DeletePending;
        public byte Directory;
    }
}
