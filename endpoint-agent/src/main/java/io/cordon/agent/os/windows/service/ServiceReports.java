package io.cordon.agent.os.windows.service;

/** Where a running service speaks: its status to the service control manager, its words to the event log. */
public interface ServiceReports {
    void status(ServiceStatus status);

    void event(EventKind kind, String text);
}
