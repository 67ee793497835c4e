package io.cordon.agent.os.windows.service;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/** Puts what the agent warns of into the event log. Never throws: a full log must not stop enforcement. */
public final class EventLogHandler extends Handler {
    /** {@code ReportEventW} takes 31,839 characters for one string. */
    static final int LONGEST = 31_000;

    private final ServiceReports reports;

    /** The formatter must be set. */
    public EventLogHandler(ServiceReports reports) {
        this.reports = reports;
        setLevel(Level.WARNING);
    }

    @Override
    public void publish(LogRecord entry) {
        if (!isLoggable(entry)) {
            return;
        }
        String text = getFormatter().format(entry).strip();
        reports.event(
                entry.getLevel().intValue() >= Level.SEVERE.intValue() ? EventKind.ERROR : EventKind.WARNING,
                text.length() <= LONGEST ? text : text.substring(0, LONGEST) + " …");
    }

    @Override
    public void flush() {
        // Nothing is held back.
    }

    @Override
    public void close() {
        // The event log is closed by whoever opened it.
    }
}
