package io.cordon.agent.os.windows.win32;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.WString;
import com.sun.jna.platform.win32.Kernel32;
import com.sun.jna.platform.win32.WinNT.HANDLE;
import com.sun.jna.platform.win32.WinNT.HANDLEByReference;
import com.sun.jna.ptr.IntByReference;
import io.cordon.agent.os.windows.launch.CallerProcess;
import io.cordon.agent.os.windows.launch.LaunchException;
import io.cordon.agent.os.windows.launch.Machine;
import org.jspecify.annotations.Nullable;

/** A handle to be inherited, and what it leads to. */
final class NativeStream implements Machine.Stream {
    private static final String STAGE = "handles";

    private final Handles.Owned handle;
    private final Kind kind;

    private NativeStream(HANDLE handle, Kind kind) {
        this.handle = new Handles.Owned(handle);
        this.kind = kind;
    }

    static NativeStream take(CallerProcess caller, long value) throws LaunchException {
        HANDLEByReference own = new HANDLEByReference();
        if (!Kernel32.INSTANCE.DuplicateHandle(
                Handles.of(caller.handle()),
                Handles.of(value),
                Handles.self(),
                own,
                0,
                true,
                ProcessConstants.DUPLICATE_SAME_ACCESS)) {
            throw Handles.failure(STAGE, "DuplicateHandle(" + value + " of process " + caller.pid() + ")");
        }
        return new NativeStream(own.getValue(), kind(own.getValue()));
    }

    /** Takes over a handle of this process, which must be inheritable. */
    static NativeStream own(HANDLE handle, Kind kind) {
        return new NativeStream(handle, kind);
    }

    static NativeStream nothing() throws LaunchException {
        Advapi32Tokens.SECURITY_ATTRIBUTES inherited = new Advapi32Tokens.SECURITY_ATTRIBUTES();
        inherited.nLength = inherited.size();
        inherited.bInheritHandle = 1;
        inherited.write();
        HANDLE device = Kernel32Io.Library.KERNEL32.CreateFileW(
                new WString("NUL"),
                ProcessConstants.GENERIC_READ | ProcessConstants.GENERIC_WRITE,
                ProcessConstants.FILE_SHARE_READ | ProcessConstants.FILE_SHARE_WRITE,
                inherited.getPointer(),
                ProcessConstants.OPEN_EXISTING,
                0,
                null);
        if (!Handles.isValid(device)) {
            throw Handles.failure(STAGE, "CreateFileW(NUL)");
        }
        return new NativeStream(device, Kind.NULL_DEVICE);
    }

    private static Kind kind(HANDLE handle) {
        int type = Kernel32.INSTANCE.GetFileType(handle);
        return switch (type) {
            case ProcessConstants.FILE_TYPE_DISK -> isFolder(handle) ? Kind.DIRECTORY : Kind.FILE;
            case ProcessConstants.FILE_TYPE_PIPE -> isPipe(handle) ? Kind.PIPE : Kind.SOCKET;
            case ProcessConstants.FILE_TYPE_CHAR -> device(handle);
            default -> Kind.OTHER;
        };
    }

    /** Sockets say of themselves that they are pipes, but answer no question for pipes. */
    private static boolean isPipe(HANDLE handle) {
        return Kernel32Io.Library.KERNEL32.GetNamedPipeInfo(handle, new IntByReference(), null, null, null);
    }

    private static Kind device(HANDLE handle) {
        NtdllProcesses.FILE_FS_DEVICE_INFORMATION device = new NtdllProcesses.FILE_FS_DEVICE_INFORMATION();
        try (Memory statusBlock = new Memory(2L * Native.POINTER_SIZE)) {
            int status = NtdllProcesses.Library.NTDLL.NtQueryVolumeInformationFile(
                    handle, statusBlock, device.getPointer(), device.size(), NtConstants.FileFsDeviceInformation);
            if (status < 0) {
                return Kind.OTHER;
            }
        }
        device.read();
        return switch (device.DeviceType) {
            case NtConstants.FILE_DEVICE_NULL -> Kind.NULL_DEVICE;
            case NtConstants.FILE_DEVICE_CONSOLE -> Kind.CONSOLE;
            default -> Kind.CHARACTER_DEVICE;
        };
    }

    /** What cannot be asked is taken for what is refused. */
    private static boolean isFolder(HANDLE handle) {
        Boolean folder = folder(handle);
        return folder == null || folder;
    }

    /** Here, too: only what says that it is a folder is one. */
    static boolean isKnownFolder(HANDLE handle) {
        return Boolean.TRUE.equals(folder(handle));
    }

    private static @Nullable Boolean folder(HANDLE handle) {
        Kernel32Io.FILE_STANDARD_INFO info = new Kernel32Io.FILE_STANDARD_INFO();
        if (!Kernel32Io.Library.KERNEL32.GetFileInformationByHandleEx(
                handle, ProcessConstants.FileStandardInfo, info.getPointer(), info.size())) {
            return null;
        }
        info.read();
        return info.Directory != 0;
    }

    @Override
    public long handle() {
        return Handles.value(handle.get());
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public void close() {
        handle.close();
    }
}
