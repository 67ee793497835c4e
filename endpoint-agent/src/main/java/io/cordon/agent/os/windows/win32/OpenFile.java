package io.cordon.agent.os.windows.win32;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.platform.win32.Kernel32;
import com.sun.jna.platform.win32.Kernel32Util;
import com.sun.jna.platform.win32.NtDll;
import com.sun.jna.platform.win32.WinNT.HANDLE;
import com.sun.jna.platform.win32.WinNT.HANDLEByReference;
import com.sun.jna.ptr.IntByReference;
import io.cordon.agent.os.windows.Sid;
import io.cordon.agent.os.windows.access.SecuredFiles.FileId;
import io.cordon.agent.os.windows.access.SecurityDescriptor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An open file or folder, and the calls on it. */
final class OpenFile implements AutoCloseable {
    static final int CONTROL = FileConstants.READ_CONTROL
            | FileConstants.WRITE_DAC
            | FileConstants.WRITE_OWNER
            | FileConstants.FILE_READ_ATTRIBUTES
            | FileConstants.SYNCHRONIZE;
    static final int LOOK = FileConstants.READ_CONTROL | FileConstants.FILE_READ_ATTRIBUTES | FileConstants.SYNCHRONIZE;

    private static final int SHARED =
            FileConstants.FILE_SHARE_READ | FileConstants.FILE_SHARE_WRITE | FileConstants.FILE_SHARE_DELETE;
    private static final int OPTIONS = FileConstants.FILE_SYNCHRONOUS_IO_NONALERT
            | FileConstants.FILE_OPEN_FOR_BACKUP_INTENT
            | FileConstants.FILE_OPEN_REPARSE_POINT;
    /** STATUS_NO_SUCH_FILE, _OBJECT_NAME_NOT_FOUND, _OBJECT_PATH_NOT_FOUND, _DELETE_PENDING, _NOT_A_DIRECTORY. */
    private static final Set<Integer> MISSING = Set.of(0xC000000F, 0xC0000034, 0xC000003A, 0xC0000056, 0xC0000103);

    /** Of an id; NTFS takes one that no file has for a wrong parameter. */
    private static final Set<Integer> GONE = Set.of(
            FileConstants.ERROR_FILE_NOT_FOUND,
            FileConstants.ERROR_PATH_NOT_FOUND,
            FileConstants.ERROR_INVALID_PARAMETER);

    private static final int BUFFER = 64 * 1024;
    /** STATUS_BUFFER_TOO_SMALL. */
    private static final int TOO_SMALL = 0xC0000023;
    /** ERROR_NO_MORE_FILES. */
    private static final int NO_MORE_FILES = 18;

    private static final int MAX_DESCRIPTOR = 256 * 1024;
    private static final int LONGEST_PATH = 32 * 1024;
    /** What a length of 16 bits can say; a longer name would be taken for its beginning. */
    private static final int MAX_NAME_BYTES = 0xFFFE;

    private final HANDLE handle;

    OpenFile(HANDLE handle) {
        this.handle = handle;
    }

    /**
     * Opens or makes what has that name, itself and not what it links to. Empty when it is missing.
     *
     * @param folder that the name is relative to; null for a full path
     * @param descriptor of what is made; null to open
     */
    static Optional<OpenFile> open(
            @Nullable OpenFile folder, String name, int access, int options, byte @Nullable [] descriptor)
            throws IOException {
        byte[] text = (folder == null ? "\\??\\" + name : name).getBytes(StandardCharsets.UTF_16LE);
        if (text.length > MAX_NAME_BYTES) {
            throw new IOException(
                    "a path of " + text.length / 2 + " characters (expected: at most " + MAX_NAME_BYTES / 2 + ")");
        }
        Memory characters = new Memory(Math.max(2, text.length));
        characters.write(0, text, 0, text.length);
        FileTypes.UNICODE_STRING string = new FileTypes.UNICODE_STRING();
        string.Length = (short) text.length;
        string.MaximumLength = (short) text.length;
        string.Buffer = characters;
        string.write();
        FileTypes.OBJECT_ATTRIBUTES attributes = new FileTypes.OBJECT_ATTRIBUTES();
        attributes.Length = attributes.size();
        attributes.RootDirectory = folder == null ? null : folder.handle;
        attributes.ObjectName = string.getPointer();
        attributes.Attributes = FileConstants.OBJ_CASE_INSENSITIVE;
        attributes.SecurityDescriptor = descriptor == null ? null : memory(descriptor);
        HANDLEByReference opened = new HANDLEByReference();
        int status = NtdllFiles.Loaded.INSTANCE.NtCreateFile(
                opened,
                access,
                attributes,
                new FileTypes.IO_STATUS_BLOCK(),
                null,
                FileConstants.FILE_ATTRIBUTE_NORMAL,
                SHARED,
                descriptor == null ? FileConstants.FILE_OPEN : FileConstants.FILE_CREATE,
                OPTIONS | options,
                null,
                0);
        if (descriptor == null && MISSING.contains(status)) {
            return Optional.empty();
        }
        require("NtCreateFile", name, status);
        return Optional.of(new OpenFile(opened.getValue()));
    }

    private static Memory memory(byte[] bytes) {
        Memory memory = new Memory(bytes.length);
        memory.write(0, bytes, 0, bytes.length);
        return memory;
    }

    private static void require(String call, String name, int status) throws IOException {
        if (status < 0) {
            int error = NtdllFiles.Loaded.INSTANCE.RtlNtStatusToDosError(status);
            throw new IOException(name + ": " + call + ": status 0x" + Integer.toHexString(status) + " ("
                    + Kernel32Util.formatMessage(error).strip() + ")");
        }
    }

    private static IOException failed(String call) {
        int error = Native.getLastError();
        return new IOException(call + ": error " + error + " ("
                + Kernel32Util.formatMessage(error).strip() + ")");
    }

    /** Opens by id on the volume that this lies on. Empty when nothing has the id. */
    Optional<OpenFile> byId(long file, int access) throws IOException {
        FileTypes.FILE_ID_DESCRIPTOR id = new FileTypes.FILE_ID_DESCRIPTOR();
        id.dwSize = id.size();
        id.Type = FileConstants.FileIdType;
        id.id.FileId = file;
        id.id.setType("FileId");
        HANDLE found = Kernel32Files.Loaded.INSTANCE.OpenFileById(
                handle,
                id,
                access,
                SHARED,
                null,
                FileConstants.FILE_FLAG_BACKUP_SEMANTICS | FileConstants.FILE_FLAG_OPEN_REPARSE_POINT);
        if (found != null && Pointer.nativeValue(found.getPointer()) != -1L) {
            return Optional.of(new OpenFile(found));
        }
        // What is there and cannot be opened must not pass for gone: what stands on it would be forgotten.
        if (!GONE.contains(Native.getLastError())) {
            throw failed("OpenFileById");
        }
        return Optional.empty();
    }

    FileTypes.BY_HANDLE_FILE_INFORMATION facts() throws IOException {
        FileTypes.BY_HANDLE_FILE_INFORMATION facts = new FileTypes.BY_HANDLE_FILE_INFORMATION();
        if (!Kernel32Files.Loaded.INSTANCE.GetFileInformationByHandle(handle, facts)) {
            throw failed("GetFileInformationByHandle");
        }
        return facts;
    }

    static FileId id(FileTypes.BY_HANDLE_FILE_INFORMATION facts) {
        return new FileId(
                Integer.toUnsignedLong(facts.dwVolumeSerialNumber),
                Integer.toUnsignedLong(facts.nFileIndexHigh) << 32 | Integer.toUnsignedLong(facts.nFileIndexLow));
    }

    String finalPath() throws IOException {
        char[] path = new char[LONGEST_PATH];
        int length = Kernel32Files.Loaded.INSTANCE.GetFinalPathNameByHandleW(handle, path, path.length, 0);
        if (length <= 0 || length > path.length) {
            throw failed("GetFinalPathNameByHandleW");
        }
        String text = new String(path, 0, length);
        return text.startsWith("\\\\?\\") && !text.startsWith("\\\\?\\UNC\\") ? text.substring(4) : text;
    }

    SecurityDescriptor descriptor() throws IOException {
        int wanted = FileConstants.OWNER_SECURITY_INFORMATION
                | FileConstants.GROUP_SECURITY_INFORMATION
                | FileConstants.DACL_SECURITY_INFORMATION;
        IntByReference needed = new IntByReference();
        Memory bytes = new Memory(4096);
        int status = NtDll.INSTANCE.NtQuerySecurityObject(handle, wanted, bytes, (int) bytes.size(), needed);
        if (status == TOO_SMALL && needed.getValue() <= MAX_DESCRIPTOR) {
            bytes = new Memory(needed.getValue());
            status = NtDll.INSTANCE.NtQuerySecurityObject(handle, wanted, bytes, (int) bytes.size(), needed);
        }
        require("NtQuerySecurityObject", finalPath(), status);
        int length = needed.getValue() > 0 ? (int) Math.min(needed.getValue(), bytes.size()) : (int) bytes.size();
        try {
            return SecurityDescriptor.read(bytes.getByteArray(0, length));
        } catch (IllegalArgumentException e) {
            throw new IOException(finalPath() + ": unreadable security descriptor: " + e.getMessage(), e);
        }
    }

    /** Sets the parts named; an open list would be one without any, which is never asked for. */
    void secure(int information, SecurityDescriptor descriptor) throws IOException {
        int status = NtDll.INSTANCE.NtSetSecurityObject(handle, information, memory(descriptor.bytes()));
        require("NtSetSecurityObject", finalPath(), status);
    }

    void setOwner(Sid owner) throws IOException {
        secure(FileConstants.OWNER_SECURITY_INFORMATION, new SecurityDescriptor(0, owner, null, null, null));
    }

    /** Names in this folder, without itself and its parent. */
    List<String> names() throws IOException {
        // Listing needs a right to data, with which opening a file that others have open could fail.
        try (OpenFile listing = open(this, "", FileConstants.FILE_LIST_DIRECTORY | FileConstants.SYNCHRONIZE, 0, null)
                .orElseThrow(() -> new IOException("the folder is gone"))) {
            return listing.listed();
        }
    }

    private List<String> listed() throws IOException {
        List<String> names = new ArrayList<>();
        Memory buffer = new Memory(BUFFER);
        int what = FileConstants.FileIdBothDirectoryRestartInfo;
        while (Kernel32Files.Loaded.INSTANCE.GetFileInformationByHandleEx(handle, what, buffer, BUFFER)) {
            what = FileConstants.FileIdBothDirectoryInfo;
            int at = 0;
            while (true) {
                FileTypes.FILE_ID_BOTH_DIR_INFO entry = new FileTypes.FILE_ID_BOTH_DIR_INFO(buffer.share(at));
                String name = new String(
                        buffer.getByteArray(at + entry.nameOffset(), entry.FileNameLength), StandardCharsets.UTF_16LE);
                if (!name.equals(".") && !name.equals("..")) {
                    names.add(name);
                }
                if (entry.NextEntryOffset == 0) {
                    break;
                }
                at += entry.NextEntryOffset;
            }
        }
        if (Native.getLastError() != NO_MORE_FILES) {
            throw failed("GetFileInformationByHandleEx");
        }
        return names;
    }

    /** Takes the mark of read-only off, with which nothing can be removed; by all its names. Needs FILE_WRITE_ATTRIBUTES. */
    void makeRemovable() throws IOException {
        int attributes = facts().dwFileAttributes;
        if ((attributes & FileConstants.FILE_ATTRIBUTE_READONLY) != 0) {
            FileTypes.FILE_BASIC_INFO info = new FileTypes.FILE_BASIC_INFO();
            int others = attributes & ~FileConstants.FILE_ATTRIBUTE_READONLY;
            info.FileAttributes = others == 0 ? FileConstants.FILE_ATTRIBUTE_NORMAL : others;
            info.write();
            if (!Kernel32Files.Loaded.INSTANCE.SetFileInformationByHandle(
                    handle, FileConstants.FileBasicInfo, info.getPointer(), info.size())) {
                throw failed("SetFileInformationByHandle");
            }
        }
    }

    /** Marks it for removal when the last handle is closed. Needs DELETE. */
    void remove() throws IOException {
        Memory yes = new Memory(1);
        yes.setByte(0, (byte) 1);
        if (!Kernel32Files.Loaded.INSTANCE.SetFileInformationByHandle(
                handle, FileConstants.FileDispositionInfo, yes, 1)) {
            throw failed("SetFileInformationByHandle");
        }
    }

    @Override
    public void close() throws IOException {
        if (!Kernel32.INSTANCE.CloseHandle(handle)) {
            throw failed("CloseHandle");
        }
    }
}
