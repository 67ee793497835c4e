package io.cordon.agent.os.windows.win32;

@Header({"fwptypes.h", "fwpmu.h", "winerror.h", "rpc.h"})
final class FwpConstants {
    static final int FWP_ACTION_BLOCK = 0x1001;
    static final int FWP_ACTION_PERMIT = 0x1002;

    static final int FWP_UINT8 = 1;
    static final int FWP_UINT16 = 2;
    static final int FWP_UINT32 = 3;
    static final int FWP_UINT64 = 4;
    static final int FWP_BYTE_ARRAY16_TYPE = 11;
    static final int FWP_SECURITY_DESCRIPTOR_TYPE = 14;
    static final int FWP_V4_ADDR_MASK = 0x100;
    static final int FWP_V6_ADDR_MASK = 0x101;

    static final int FWP_MATCH_EQUAL = 0;
    static final int FWP_ACTRL_MATCH_FILTER = 1;

    static final int FWP_FILTER_ENUM_OVERLAPPING = 1;
    static final int FWP_FILTER_ENUM_FLAG_INCLUDE_BOOTTIME = 0x8;
    static final int FWP_FILTER_ENUM_FLAG_INCLUDE_DISABLED = 0x10;

    static final int FWP_E_PROVIDER_NOT_FOUND = 0x80320005;
    static final int FWP_E_SUBLAYER_NOT_FOUND = 0x80320007;

    static final int RPC_C_AUTHN_DEFAULT = 0xffffffff;

    private FwpConstants() {}
}
