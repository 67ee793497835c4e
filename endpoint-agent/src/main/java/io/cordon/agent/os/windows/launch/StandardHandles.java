package io.cordon.agent.os.windows.launch;

/**
 * The three standard handles of a caller, as values in its process, and its console.
 *
 * @param columns and {@code rows} of the console, 1 to 32767; meaningless when none of the three is a console
 */
record StandardHandles(Stream input, Stream output, Stream error, int columns, int rows) {
    static final StandardHandles NONE = new StandardHandles(Stream.NONE, Stream.NONE, Stream.NONE, 80, 25);

    /** Pseudo handles such as that of the process itself are negative, and would give far more than a stream. */
    private static final long MAX_VALUE = 0x7fff_fffcL;

    private static final int MAX_CELLS = 32_767;

    StandardHandles {
        checkSize("columns", columns);
        checkSize("rows", rows);
    }

    private static void checkSize(String name, int value) {
        if (value < 1 || value > MAX_CELLS) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 1 to " + MAX_CELLS + ")");
        }
    }

    /**
     * One of the three.
     *
     * @param value handle in the caller's process, 0 for none
     * @param console whether it is the caller's console, which another session cannot use
     */
    record Stream(long value, boolean console) {
        static final Stream NONE = new Stream(0, false);

        Stream {
            if (value < 0 || value > MAX_VALUE || (value & 3) != 0) {
                throw new IllegalArgumentException(
                        "handle: " + value + " (expected: 0, or a multiple of 4 up to " + MAX_VALUE + ")");
            }
        }
    }

    /** Whether the run needs a pseudo console of its own. */
    boolean anyConsole() {
        return input.console() || output.console() || error.console();
    }
}
