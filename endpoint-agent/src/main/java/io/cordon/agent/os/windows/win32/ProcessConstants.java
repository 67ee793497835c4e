package io.cordon.agent.os.windows.win32;

/** Processes, handles and pipes of a launch. */
@Header("windows.h")
final class ProcessConstants {
    static final int CREATE_SUSPENDED = 0x4;
    static final int CREATE_UNICODE_ENVIRONMENT = 0x400;
    static final int EXTENDED_STARTUPINFO_PRESENT = 0x80000;
    static final int CREATE_NO_WINDOW = 0x8000000;
    static final int STARTF_USESTDHANDLES = 0x100;
    static final int PROC_THREAD_ATTRIBUTE_HANDLE_LIST = 0x20002;
    static final int PROC_THREAD_ATTRIBUTE_JOB_LIST = 0x2000d;
    static final int PIPE_NOWAIT = 0x1;
    static final int HANDLE_FLAG_INHERIT = 0x1;

    static final int PROCESS_DUP_HANDLE = 0x40;
    static final int PROCESS_QUERY_INFORMATION = 0x400;
    static final int PROCESS_QUERY_LIMITED_INFORMATION = 0x1000;
    static final int SYNCHRONIZE = 0x100000;
    static final int DUPLICATE_SAME_ACCESS = 0x2;
    static final int ERROR_ACCESS_DENIED = 5;
    static final int ERROR_INVALID_PARAMETER = 87;
    static final int INFINITE = -1;
    static final int WAIT_OBJECT_0 = 0;

    static final int PIPE_ACCESS_DUPLEX = 0x3;
    static final int PIPE_TYPE_BYTE = 0;
    static final int PIPE_REJECT_REMOTE_CLIENTS = 0x8;
    static final int PIPE_UNLIMITED_INSTANCES = 255;
    static final int FILE_FLAG_FIRST_PIPE_INSTANCE = 0x80000;
    static final int FILE_FLAG_OVERLAPPED = 0x40000000;
    static final int FILE_FLAG_BACKUP_SEMANTICS = 0x2000000;
    static final int FILE_READ_ATTRIBUTES = 0x80;
    static final int FILE_SHARE_READ = 0x1;
    static final int FILE_SHARE_WRITE = 0x2;
    static final int FILE_SHARE_DELETE = 0x4;
    static final int OPEN_EXISTING = 3;
    static final int FileStandardInfo = 1;
    static final int FILE_TYPE_DISK = 1;
    static final int FILE_TYPE_CHAR = 2;
    static final int FILE_TYPE_PIPE = 3;
    static final int GENERIC_READ = 0x80000000;
    static final int GENERIC_WRITE = 0x40000000;
    static final int FILE_ATTRIBUTE_DIRECTORY = 0x10;
    static final int FILE_ATTRIBUTE_REPARSE_POINT = 0x400;
    static final int INVALID_FILE_ATTRIBUTES = -1;

    static final int ERROR_HANDLE_EOF = 38;
    static final int ERROR_BROKEN_PIPE = 109;
    static final int ERROR_NO_DATA = 232;
    static final int ERROR_PIPE_NOT_CONNECTED = 233;
    static final int ERROR_PIPE_CONNECTED = 535;
    static final int ERROR_OPERATION_ABORTED = 995;
    static final int ERROR_IO_PENDING = 997;

    private ProcessConstants() {}
}
