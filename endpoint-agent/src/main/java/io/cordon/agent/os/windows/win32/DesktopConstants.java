package io.cordon.agent.os.windows.win32;

/** Window stations and desktops. */
@Header("windows.h")
final class DesktopConstants {
    static final int CWF_CREATE_ONLY = 1;
    static final int WINSTA_ALL_ACCESS = 0x37f;
    static final int GENERIC_ALL = 0x10000000;

    private DesktopConstants() {}
}
