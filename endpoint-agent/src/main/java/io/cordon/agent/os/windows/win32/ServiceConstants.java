package io.cordon.agent.os.windows.win32;

/** Services, as {@code winsvc.h} and {@code winnt.h} have them. */
@Header("windows.h")
final class ServiceConstants {
    static final int SERVICE_WIN32_OWN_PROCESS = 0x10;
    static final int SERVICE_AUTO_START = 2;
    static final int SERVICE_DEMAND_START = 3;
    static final int SERVICE_ERROR_NORMAL = 1;
    static final int SERVICE_NO_CHANGE = -1;

    static final int SERVICE_CONFIG_DESCRIPTION = 1;
    static final int SERVICE_CONFIG_FAILURE_ACTIONS = 2;
    static final int SERVICE_CONFIG_DELAYED_AUTO_START_INFO = 3;
    static final int SERVICE_CONFIG_FAILURE_ACTIONS_FLAG = 4;
    static final int SERVICE_CONFIG_SERVICE_SID_INFO = 5;
    static final int SERVICE_CONFIG_REQUIRED_PRIVILEGES_INFO = 6;
    static final int SERVICE_CONFIG_PRESHUTDOWN_INFO = 7;

    static final int SC_ACTION_RESTART = 1;
    static final int SC_STATUS_PROCESS_INFO = 0;

    static final int ERROR_SERVICE_SPECIFIC_ERROR = 1066;
    static final int ERROR_FAILED_SERVICE_CONTROLLER_CONNECT = 1063;
    static final int ERROR_SERVICE_DOES_NOT_EXIST = 1060;
    static final int ERROR_SERVICE_ALREADY_RUNNING = 1056;
    static final int ERROR_SERVICE_NOT_ACTIVE = 1062;
    static final int ERROR_SERVICE_MARKED_FOR_DELETE = 1072;
    static final int ERROR_SERVICE_EXISTS = 1073;
    static final int ERROR_INSUFFICIENT_BUFFER = 122;

    private ServiceConstants() {}
}
