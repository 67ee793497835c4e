package io.cordon.agent.os.windows.launch;

/** What {@code cordon.exe} says after its first frame. */
sealed interface LauncherMessage {
    /** A console event reached it; the numbers are those of Windows' {@code HandlerRoutine}. */
    record Control(Event event) implements LauncherMessage {}

    /** Its console has another size. */
    record Resize(int columns, int rows) implements LauncherMessage {
        public Resize {
            new StandardHandles(
                    StandardHandles.Stream.NONE,
                    StandardHandles.Stream.NONE,
                    StandardHandles.Stream.NONE,
                    columns,
                    rows);
        }
    }

    /** Console events. */
    enum Event {
        C(0),
        BREAK(1),
        CLOSE(2),
        LOGOFF(5),
        SHUTDOWN(6);

        private final int number;

        Event(int number) {
            this.number = number;
        }

        static Event of(long number) {
            for (Event event : values()) {
                if (event.number == number) {
                    return event;
                }
            }
            throw new IllegalArgumentException("event: " + number + " (expected: 0, 1, 2, 5 or 6)");
        }
    }
}
