package io.cordon.agent.os.windows.win32;

/** The table of TCP connections. */
@Header({"winsock2.h", "windows.h", "iphlpapi.h"})
final class ConnectionConstants {
    static final int AF_INET = 2;
    static final int AF_INET6 = 23;
    static final int TCP_TABLE_OWNER_MODULE_CONNECTIONS = 7;
    static final int NO_ERROR = 0;
    static final int ERROR_INSUFFICIENT_BUFFER = 122;

    private ConnectionConstants() {}
}
