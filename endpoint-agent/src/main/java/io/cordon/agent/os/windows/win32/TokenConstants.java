package io.cordon.agent.os.windows.win32;

/** Tokens. */
@Header({"windows.h", "sddl.h"})
final class TokenConstants {
    static final int TokenUser = 1;
    static final int TokenGroups = 2;
    static final int TokenDefaultDacl = 6;
    static final int TokenStatistics = 10;
    static final int TokenRestrictedSids = 11;
    static final int TokenSessionId = 12;

    static final int TOKEN_ASSIGN_PRIMARY = 0x1;
    static final int TOKEN_DUPLICATE = 0x2;
    static final int TOKEN_IMPERSONATE = 0x4;
    static final int TOKEN_QUERY = 0x8;
    static final int TOKEN_ADJUST_PRIVILEGES = 0x20;
    static final int TOKEN_ADJUST_DEFAULT = 0x80;
    static final int TOKEN_ADJUST_SESSIONID = 0x100;

    static final int DISABLE_MAX_PRIVILEGE = 0x1;
    static final int LUA_TOKEN = 0x4;
    static final int WRITE_RESTRICTED = 0x8;

    static final int SE_GROUP_MANDATORY = 0x1;
    static final int SE_GROUP_ENABLED_BY_DEFAULT = 0x2;
    static final int SE_GROUP_ENABLED = 0x4;
    static final int SE_GROUP_USE_FOR_DENY_ONLY = 0x10;
    static final int SE_GROUP_LOGON_ID = 0xC0000000;
    static final int SE_PRIVILEGE_ENABLED = 0x2;
    static final String SE_CHANGE_NOTIFY_NAME = "SeChangeNotifyPrivilege";

    static final int SecurityIdentification = 1;
    static final int SecurityImpersonation = 2;
    static final int TokenPrimary = 1;
    static final int SDDL_REVISION_1 = 1;
    static final int LOGON32_PROVIDER_DEFAULT = 0;
    static final int ERROR_NOT_ALL_ASSIGNED = 1300;

    private TokenConstants() {}
}
