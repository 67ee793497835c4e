package io.cordon.agent.os.windows.win32;

/** Flags that the Windows SDK defines in {@code fwpmtypes.h}. */
@Header("fwpmtypes.h")
final class FwpmConstants {
    static final int FWPM_PROVIDER_FLAG_PERSISTENT = 0x1;
    static final int FWPM_SUBLAYER_FLAG_PERSISTENT = 0x1;

    static final int FWPM_FILTER_FLAG_PERSISTENT = 0x1;
    static final int FWPM_FILTER_FLAG_BOOTTIME = 0x2;
    static final int FWPM_FILTER_FLAG_CLEAR_ACTION_RIGHT = 0x8;
    static final int FWPM_FILTER_FLAG_DISABLED = 0x20;

    private FwpmConstants() {}
}
