package io.cordon.agent.os.windows.service;

import java.io.IOException;

/** What running as a service needs of the service control manager. */
public interface ServiceControl {
    int NO_ERROR = 0;
    int ERROR_CALL_NOT_IMPLEMENTED = 120;

    int SERVICE_CONTROL_STOP = 1;
    int SERVICE_CONTROL_INTERROGATE = 4;
    int SERVICE_CONTROL_SHUTDOWN = 5;
    int SERVICE_CONTROL_PRESHUTDOWN = 15;

    /**
     * Connects this process to the manager and returns when the service has ended.
     *
     * @return false, at once and with nothing called, when the manager did not start this process (error 1063)
     * @throws IOException when the manager cannot be reached for another reason
     */
    boolean dispatch(String serviceName, Program program) throws IOException;

    /** The service. */
    interface Program {
        /** Called once, on a thread of the manager's; must have reported STOPPED when it returns. */
        void main(ServiceReports reports);

        /** Called on the manager's control thread; returns quickly, with an error number of Windows or 0. */
        int control(int control);
    }
}
