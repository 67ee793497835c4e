package io.cordon.agent.os.windows.win32;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.platform.win32.AccCtrl;
import com.sun.jna.platform.win32.Advapi32;
import com.sun.jna.platform.win32.Kernel32;
import com.sun.jna.platform.win32.W32Errors;
import com.sun.jna.platform.win32.WinBase;
import com.sun.jna.platform.win32.WinDef;
import com.sun.jna.platform.win32.WinNT;
import com.sun.jna.ptr.PointerByReference;
import io.cordon.agent.os.windows.Sid;
import io.cordon.agent.os.windows.service.AclTrustees;
import io.cordon.agent.os.windows.service.FileSecurity;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.Set;

/** Owners and access lists of files, always by a handle that is not a link's target. */
public final class NativeFileSecurity implements FileSecurity {
    private static final int SHARE_ALL = WinNT.FILE_SHARE_READ | WinNT.FILE_SHARE_WRITE | WinNT.FILE_SHARE_DELETE;
    private static final int OWNER_AND_ACCESS = WinNT.OWNER_SECURITY_INFORMATION | WinNT.DACL_SECURITY_INFORMATION;
    /** A SID with 15 sub-authorities. */
    private static final int LONGEST_SID = 68;

    @FunctionalInterface
    private interface Use<T> {
        T with(WinNT.HANDLE file) throws IOException;
    }

    private static WinNT.HANDLE handle(Path path, int access) {
        return Kernel32.INSTANCE.CreateFile(
                path.toString(),
                access,
                SHARE_ALL,
                null,
                WinNT.OPEN_EXISTING,
                WinNT.FILE_FLAG_BACKUP_SEMANTICS | WinNT.FILE_FLAG_OPEN_REPARSE_POINT,
                null);
    }

    private static <T> T use(WinNT.HANDLE file, Use<T> use) throws IOException {
        try {
            return use.with(file);
        } finally {
            Kernel32.INSTANCE.CloseHandle(file);
        }
    }

    private static <T> T open(Path path, int access, Use<T> use) throws IOException {
        WinNT.HANDLE file = handle(path, access);
        if (WinBase.INVALID_HANDLE_VALUE.equals(file)) {
            throw Failure.last("CreateFileW(" + path + ")");
        }
        return use(file, use);
    }

    @Override
    public Found look(Path path) throws IOException {
        WinNT.HANDLE file = handle(path, WinNT.READ_CONTROL | WinNT.FILE_READ_ATTRIBUTES);
        if (WinBase.INVALID_HANDLE_VALUE.equals(file)) {
            int error = Native.getLastError();
            if (error == W32Errors.ERROR_FILE_NOT_FOUND || error == W32Errors.ERROR_PATH_NOT_FOUND) {
                return new Found.Missing();
            }
            throw Failure.of("CreateFileW(" + path + ")", error);
        }
        return use(file, NativeFileSecurity::found);
    }

    private static Found found(WinNT.HANDLE file) throws IOException {
        int attributes = attributes(file);
        if ((attributes & WinNT.FILE_ATTRIBUTE_REPARSE_POINT) != 0) {
            return new Found.Link();
        }
        PointerByReference owner = new PointerByReference();
        PointerByReference access = new PointerByReference();
        PointerByReference descriptor = new PointerByReference();
        int error = Advapi32.INSTANCE.GetSecurityInfo(
                file, AccCtrl.SE_OBJECT_TYPE.SE_FILE_OBJECT, OWNER_AND_ACCESS, owner, null, access, null, descriptor);
        if (error != W32Errors.ERROR_SUCCESS) {
            throw Failure.of("GetSecurityInfo", error);
        }
        try {
            return new Found.There(
                    (attributes & WinNT.FILE_ATTRIBUTE_DIRECTORY) != 0,
                    sid(owner.getValue()),
                    trustees(access.getValue()),
                    SddlText.access(descriptor.getValue()));
        } finally {
            Kernel32.INSTANCE.LocalFree(descriptor.getValue());
        }
    }

    private static int attributes(WinNT.HANDLE file) throws IOException {
        WinBase.FILE_BASIC_INFO info = new WinBase.FILE_BASIC_INFO();
        if (!Kernel32.INSTANCE.GetFileInformationByHandleEx(
                file, WinBase.FileBasicInfo, info.getPointer(), new WinDef.DWORD(info.size()))) {
            throw Failure.last("GetFileInformationByHandleEx");
        }
        info.read();
        return info.FileAttributes;
    }

    static Sid sid(Pointer sid) {
        int length = 8 + 4 * Byte.toUnsignedInt(sid.getByte(1));
        return Sid.read(sid.getByteArray(0, Math.min(length, LONGEST_SID)), 0);
    }

    /** An object without an access list is everybody's. */
    private static Set<Sid> trustees(@org.jspecify.annotations.Nullable Pointer access) {
        return access == null
                ? Set.of(Sid.EVERYONE)
                : AclTrustees.of(access.getByteArray(0, Short.toUnsignedInt(access.getShort(2))));
    }

    @Override
    public void createFolder(Path folder, String sddl) throws IOException {
        try (Memory descriptor = SddlText.descriptor(sddl)) {
            WinBase.SECURITY_ATTRIBUTES attributes = new WinBase.SECURITY_ATTRIBUTES();
            attributes.lpSecurityDescriptor = descriptor;
            if (!Kernel32.INSTANCE.CreateDirectory(folder.toString(), attributes)) {
                int error = Native.getLastError();
                if (error == W32Errors.ERROR_ALREADY_EXISTS) {
                    throw new FileAlreadyExistsException(folder.toString());
                }
                throw Failure.of("CreateDirectoryW(" + folder + ")", error);
            }
        }
    }

    @Override
    public void secure(Path path, String sddl) throws IOException {
        int access = WinNT.READ_CONTROL | WinNT.WRITE_DAC | WinNT.WRITE_OWNER | WinNT.FILE_READ_ATTRIBUTES;
        open(path, access, file -> {
            if ((attributes(file) & WinNT.FILE_ATTRIBUTE_REPARSE_POINT) != 0) {
                throw new IOException(path + ": a link (expected: the agent's own)");
            }
            try (Memory descriptor = SddlText.descriptor(sddl)) {
                WinNT.SECURITY_DESCRIPTOR_RELATIVE parts = new WinNT.SECURITY_DESCRIPTOR_RELATIVE(descriptor);
                int error = Advapi32.INSTANCE.SetSecurityInfo(
                        file,
                        AccCtrl.SE_OBJECT_TYPE.SE_FILE_OBJECT,
                        OWNER_AND_ACCESS | WinNT.PROTECTED_DACL_SECURITY_INFORMATION,
                        descriptor.share(parts.Owner),
                        null,
                        descriptor.share(parts.Dacl),
                        null);
                if (error != W32Errors.ERROR_SUCCESS) {
                    throw Failure.of("SetSecurityInfo(" + path + ")", error);
                }
                return true;
            }
        });
    }

    @Override
    public String canonicalAccess(String sddl) throws IOException {
        try (Memory descriptor = SddlText.descriptor(sddl)) {
            return SddlText.access(descriptor);
        }
    }

    @Override
    public void flush(Path file) throws IOException {
        open(file, WinNT.GENERIC_WRITE, opened -> {
            if (!Kernel32.INSTANCE.FlushFileBuffers(opened)) {
                throw Failure.last("FlushFileBuffers(" + file + ")");
            }
            return true;
        });
    }
}
