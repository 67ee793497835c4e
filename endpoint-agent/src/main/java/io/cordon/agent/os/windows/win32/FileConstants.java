package io.cordon.agent.os.windows.win32;

import io.cordon.agent.os.windows.access.AccessMask;

/** How files are opened; rights are those of {@link AccessMask}, repeated here under the headers' names. */
@Header({"winternl.h", "winbase.h", "winnt.h"})
interface FileConstants {
    int FILE_OPEN = 1;
    int FILE_CREATE = 2;
    int FILE_DIRECTORY_FILE = 0x1;
    int FILE_SYNCHRONOUS_IO_NONALERT = 0x20;
    int FILE_NON_DIRECTORY_FILE = 0x40;
    int FILE_OPEN_FOR_BACKUP_INTENT = 0x4000;
    int FILE_OPEN_REPARSE_POINT = 0x200000;
    int OBJ_CASE_INSENSITIVE = 0x40;

    int FILE_FLAG_BACKUP_SEMANTICS = 0x02000000;
    int FILE_FLAG_OPEN_REPARSE_POINT = 0x00200000;
    int FILE_SHARE_READ = 1;
    int FILE_SHARE_WRITE = 2;
    int FILE_SHARE_DELETE = 4;
    int FILE_ATTRIBUTE_READONLY = 0x1;
    int FILE_ATTRIBUTE_DIRECTORY = 0x10;
    int FILE_ATTRIBUTE_REPARSE_POINT = 0x400;
    int FILE_ATTRIBUTE_NORMAL = 0x80;
    int FILE_PERSISTENT_ACLS = 0x8;
    int ERROR_FILE_NOT_FOUND = 2;
    int ERROR_PATH_NOT_FOUND = 3;
    int ERROR_INVALID_PARAMETER = 87;

    int FileBasicInfo = 0;
    int FileDispositionInfo = 4;
    int FileIdBothDirectoryInfo = 10;
    int FileIdBothDirectoryRestartInfo = 11;
    int FileIdType = 0;

    int OWNER_SECURITY_INFORMATION = 0x1;
    int GROUP_SECURITY_INFORMATION = 0x2;
    int DACL_SECURITY_INFORMATION = 0x4;

    int DRIVE_REMOVABLE = 2;
    int DRIVE_FIXED = 3;
    int DRIVE_REMOTE = 4;
    int DRIVE_RAMDISK = 6;

    int FILE_LIST_DIRECTORY = AccessMask.FILE_READ_DATA;
    int FILE_WRITE_DATA = AccessMask.FILE_WRITE_DATA;
    int FILE_APPEND_DATA = AccessMask.FILE_APPEND_DATA;
    int FILE_READ_EA = AccessMask.FILE_READ_EA;
    int FILE_WRITE_EA = AccessMask.FILE_WRITE_EA;
    int FILE_EXECUTE = AccessMask.FILE_EXECUTE;
    int FILE_DELETE_CHILD = AccessMask.FILE_DELETE_CHILD;
    int FILE_READ_ATTRIBUTES = AccessMask.FILE_READ_ATTRIBUTES;
    int FILE_WRITE_ATTRIBUTES = AccessMask.FILE_WRITE_ATTRIBUTES;
    int DELETE = AccessMask.DELETE;
    int READ_CONTROL = AccessMask.READ_CONTROL;
    int WRITE_DAC = AccessMask.WRITE_DAC;
    int WRITE_OWNER = AccessMask.WRITE_OWNER;
    int SYNCHRONIZE = AccessMask.SYNCHRONIZE;
    int FILE_ALL_ACCESS = AccessMask.FILE_ALL_ACCESS;
    int FILE_GENERIC_READ = AccessMask.FILE_GENERIC_READ;
    int FILE_GENERIC_WRITE = AccessMask.FILE_GENERIC_WRITE;
    int FILE_GENERIC_EXECUTE = AccessMask.FILE_GENERIC_EXECUTE;
    int GENERIC_ALL = AccessMask.GENERIC_ALL;
    int GENERIC_READ = AccessMask.GENERIC_READ;
    int GENERIC_WRITE = AccessMask.GENERIC_WRITE;
    int GENERIC_EXECUTE = AccessMask.GENERIC_EXECUTE;
}
