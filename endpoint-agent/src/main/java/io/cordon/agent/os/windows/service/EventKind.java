package io.cordon.agent.os.windows.service;

/**
 * Entries of the event log. The ids lie in the range of the message file ({@code EventCreate.exe} has 1 to 1000, each
 * {@code %1}), and are Cordon's promise to whoever filters by them.
 */
public enum EventKind {
    STARTED(1, Severity.INFORMATION),
    STOPPED(2, Severity.INFORMATION),
    STATUS(3, Severity.INFORMATION),
    FAILED(10, Severity.ERROR),
    WARNING(20, Severity.WARNING),
    ERROR(21, Severity.ERROR);

    /** Types by their numbers in {@code winnt.h}. */
    public enum Severity {
        ERROR(1),
        WARNING(2),
        INFORMATION(4);

        private final int type;

        Severity(int type) {
            this.type = type;
        }

        public int type() {
            return type;
        }
    }

    private final int id;
    private final Severity severity;

    EventKind(int id, Severity severity) {
        this.id = id;
        this.severity = severity;
    }

    public int id() {
        return id;
    }

    public Severity severity() {
        return severity;
    }
}
