package io.cordon.agent.os.windows.win32;

/** Information classes and devices of the native interface. */
@Header({"windows.h", "winternl.h", "winioctl.h"})
final class NtConstants {
    static final int ProcessBasicInformation = 0;
    static final int FileFsDeviceInformation = 4;
    static final int FILE_DEVICE_NULL = 0x15;
    static final int FILE_DEVICE_CONSOLE = 0x50;

    private NtConstants() {}
}
