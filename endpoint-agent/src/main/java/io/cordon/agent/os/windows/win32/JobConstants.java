package io.cordon.agent.os.windows.win32;

/** Job objects and their messages. */
@Header("windows.h")
final class JobConstants {
    static final int JobObjectBasicAccountingInformation = 1;
    static final int JobObjectBasicUIRestrictions = 4;
    static final int JobObjectAssociateCompletionPortInformation = 7;
    static final int JobObjectExtendedLimitInformation = 9;

    static final int JOB_OBJECT_LIMIT_ACTIVE_PROCESS = 0x8;
    static final int JOB_OBJECT_LIMIT_JOB_MEMORY = 0x200;
    static final int JOB_OBJECT_LIMIT_DIE_ON_UNHANDLED_EXCEPTION = 0x400;
    static final int JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE = 0x2000;

    static final int JOB_OBJECT_UILIMIT_HANDLES = 0x1;
    static final int JOB_OBJECT_UILIMIT_READCLIPBOARD = 0x2;
    static final int JOB_OBJECT_UILIMIT_WRITECLIPBOARD = 0x4;
    static final int JOB_OBJECT_UILIMIT_SYSTEMPARAMETERS = 0x8;
    static final int JOB_OBJECT_UILIMIT_DISPLAYSETTINGS = 0x10;
    static final int JOB_OBJECT_UILIMIT_GLOBALATOMS = 0x20;
    static final int JOB_OBJECT_UILIMIT_DESKTOP = 0x40;
    static final int JOB_OBJECT_UILIMIT_EXITWINDOWS = 0x80;

    static final int JOB_OBJECT_MSG_ACTIVE_PROCESS_LIMIT = 3;
    static final int JOB_OBJECT_MSG_ACTIVE_PROCESS_ZERO = 4;
    static final int JOB_OBJECT_MSG_NEW_PROCESS = 6;
    static final int JOB_OBJECT_MSG_EXIT_PROCESS = 7;
    static final int JOB_OBJECT_MSG_ABNORMAL_EXIT_PROCESS = 8;
    static final int JOB_OBJECT_MSG_JOB_MEMORY_LIMIT = 10;

    private JobConstants() {}
}
