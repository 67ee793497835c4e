package io.cordon.agent.os.windows.win32;

/** Accounts and rights, as the headers have them. */
@Header({"windows.h", "lm.h", "ntsecapi.h"})
final class AccountConstants {
    static final int NERR_Success = 0;
    static final int NERR_UserNotFound = 2221;
    static final int NERR_GroupNotFound = 2220;
    static final int NERR_GroupExists = 2223;
    static final int ERROR_ALIAS_EXISTS = 1379;
    static final int ERROR_NO_SUCH_ALIAS = 1376;
    static final int ERROR_MEMBER_IN_ALIAS = 1378;
    static final int ERROR_MEMBER_NOT_IN_ALIAS = 1377;
    static final int ERROR_NONE_MAPPED = 1332;
    static final int ERROR_FILE_NOT_FOUND = 2;

    static final int USER_PRIV_USER = 1;
    static final int FILTER_NORMAL_ACCOUNT = 2;
    static final int MAX_PREFERRED_LENGTH = -1;

    static final int POLICY_VIEW_LOCAL_INFORMATION = 0x1;
    static final int POLICY_CREATE_ACCOUNT = 0x10;
    static final int POLICY_LOOKUP_NAMES = 0x800;

    static final int SE_GROUP_USE_FOR_DENY_ONLY = 0x10;

    private AccountConstants() {}
}
