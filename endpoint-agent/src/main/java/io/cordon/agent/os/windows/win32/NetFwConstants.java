package io.cordon.agent.os.windows.win32;

@Header({"netfw.h", "icftypes.h", "winerror.h", "wtypes.h"})
final class NetFwConstants {
    static final int NET_FW_RULE_DIR_IN = 1;
    static final int NET_FW_RULE_DIR_OUT = 2;
    static final int NET_FW_ACTION_BLOCK = 0;
    static final int NET_FW_PROFILE2_ALL = 0x7fffffff;

    static final int S_OK = 0;
    static final int S_FALSE = 1;
    static final int VARIANT_TRUE = -1;
    static final int VT_DISPATCH = 9;

    private NetFwConstants() {}
}
