package io.cordon.agent.os.windows.win32;

import com.sun.jna.platform.win32.Advapi32;
import com.sun.jna.platform.win32.WinNT;
import io.cordon.agent.os.windows.service.EventKind;
import io.cordon.agent.os.windows.service.EventSource;
import io.cordon.agent.os.windows.service.ServiceReports;
import io.cordon.agent.os.windows.service.ServiceStatus;
import org.jspecify.annotations.Nullable;

/** The Application log, under {@link EventSource#NAME}. Losing an entry is no reason to stop. */
public final class NativeEventLog implements ServiceReports {
    private WinNT.@Nullable HANDLE source;

    @Override
    public void status(ServiceStatus status) {
        // A state is not an event.
    }

    @Override
    public synchronized void event(EventKind kind, String text) {
        if (source == null) {
            source = Advapi32.INSTANCE.RegisterEventSource(null, EventSource.NAME);
        }
        WinNT.HANDLE open = source;
        if (open == null) {
            complain("RegisterEventSourceW");
        } else if (!Advapi32.INSTANCE.ReportEvent(
                open, kind.severity().type(), 0, kind.id(), null, 1, 0, new String[] {text}, null)) {
            complain("ReportEventW");
        }
    }

    /** Not by the logger, whose handler led here. */
    private static void complain(String call) {
        System.err.println(
                "WARN  the event log takes no entry: " + Failure.last(call).getMessage());
    }
}
