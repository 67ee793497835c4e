package io.cordon.agent.os.windows.win32;

import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.Union;
import com.sun.jna.platform.win32.BaseTSD.ULONG_PTR;
import com.sun.jna.platform.win32.WinNT.HANDLE;
import org.jspecify.annotations.Nullable;

/** What the calls about files take and give. */
final class FileTypes {
    private FileTypes() {}

    @Header("winternl.h")
    @Structure.FieldOrder({"Length", "MaximumLength", "Buffer"})
    @SuppressWarnings("NullAway.Init") // Windows fills it in.
    public static class UNICODE_STRING extends Structure {
        public short Length;
        public short MaximumLength;
        public @Nullable Pointer Buffer;
    }

    @Header("winternl.h")
    @Structure.FieldOrder({
        "Length",
        "RootDirectory",
        "ObjectName",
        "Attributes",
        "SecurityDescriptor",
        "SecurityQualityOfService"
    })
    @SuppressWarnings("NullAway.Init") // Windows fills it in.
    public static class OBJECT_ATTRIBUTES extends Structure {
        public int Length;
        public @Nullable HANDLE RootDirectory;
        public @Nullable Pointer ObjectName;
        public int Attributes;
        public @Nullable Pointer SecurityDescriptor;
        public @Nullable Pointer SecurityQualityOfService;
    }

    @Header("winternl.h")
    @Structure.FieldOrder({"Pointer", "Information"})
    @SuppressWarnings("NullAway.Init") // Windows fills it in.
    public static class IO_STATUS_BLOCK extends Structure {
        public @Nullable Pointer Pointer;
        public ULONG_PTR Information = new ULONG_PTR();
    }

    /** Times are two halves of a FILETIME. */
    @Header("fileapi.h")
    @Structure.FieldOrder({
        "dwFileAttributes",
        "ftCreationTime",
        "ftLastAccessTime",
        "ftLastWriteTime",
        "dwVolumeSerialNumber",
        "nFileSizeHigh",
        "nFileSizeLow",
        "nNumberOfLinks",
        "nFileIndexHigh",
        "nFileIndexLow"
    })
    @SuppressWarnings("NullAway.Init") // Windows fills it in.
    public static class BY_HANDLE_FILE_INFORMATION extends Structure {
        public int dwFileAttributes;
        public com.sun.jna.platform.win32.WinBase.FILETIME ftCreationTime;
        public com.sun.jna.platform.win32.WinBase.FILETIME ftLastAccessTime;
        public com.sun.jna.platform.win32.WinBase.FILETIME ftLastWriteTime;
        public int dwVolumeSerialNumber;
        public int nFileSizeHigh;
        public int nFileSizeLow;
        public int nNumberOfLinks;
        public int nFileIndexHigh;
        public int nFileIndexLow;
    }

    /** Times of 0 and attributes of 0 stay as they are. */
    @Header("winbase.h")
    @Structure.FieldOrder({"CreationTime", "LastAccessTime", "LastWriteTime", "ChangeTime", "FileAttributes"})
    public static class FILE_BASIC_INFO extends Structure {
        public long CreationTime;
        public long LastAccessTime;
        public long LastWriteTime;
        public long ChangeTime;
        public int FileAttributes;
    }

    @Header("winbase.h")
    @Structure.FieldOrder({"dwSize", "Type", "id"})
    @SuppressWarnings("NullAway.Init") // Windows fills it in.
    public static class FILE_ID_DESCRIPTOR extends Structure {
        public int dwSize;
        public int Type;
        public Id id = new Id();

        /** Has no name in the header. */
        @SuppressWarnings("NullAway.Init") // Windows fills it in.
        public static class Id extends Union {
            public long FileId;
            public byte[] ObjectId = new byte[16];
        }
    }

    /** The head of an entry; the name goes on behind it. */
    @Header("winbase.h")
    @Structure.FieldOrder({
        "NextEntryOffset",
        "FileIndex",
        "CreationTime",
        "LastAccessTime",
        "LastWriteTime",
        "ChangeTime",
        "EndOfFile",
        "AllocationSize",
        "FileAttributes",
        "FileNameLength",
        "EaSize",
        "ShortNameLength",
        "ShortName",
        "FileId",
        "FileName"
    })
    @SuppressWarnings("NullAway.Init") // Windows fills it in.
    public static class FILE_ID_BOTH_DIR_INFO extends Structure {
        public int NextEntryOffset;
        public int FileIndex;
        public long CreationTime;
        public long LastAccessTime;
        public long LastWriteTime;
        public long ChangeTime;
        public long EndOfFile;
        public long AllocationSize;
        public int FileAttributes;
        public int FileNameLength;
        public int EaSize;
        public byte ShortNameLength;
        public short[] ShortName = new short[12];
        public long FileId;
        public short[] FileName = new short[1];

        public FILE_ID_BOTH_DIR_INFO() {}

        public FILE_ID_BOTH_DIR_INFO(Pointer memory) {
            super(memory);
            read();
        }

        /** Where the name begins. */
        int nameOffset() {
            return fieldOffset("FileName");
        }
    }
}
