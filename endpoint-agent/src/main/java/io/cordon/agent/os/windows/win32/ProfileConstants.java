package io.cordon.agent.os.windows.win32;

/** Profiles of a logon. */
@Header({"windows.h", "userenv.h", "profinfo.h"})
final class ProfileConstants {
    static final int PI_NOUI = 1;
    static final int PT_TEMPORARY = 1;
    static final int PT_ROAMING = 2;
    static final int PT_MANDATORY = 4;

    private ProfileConstants() {}
}
