package io.cordon.policy.model;

/**
 * Limits of one run and everything it starts.
 *
 * @param processes how many processes and threads at once, 1 to 65536
 * @param memoryMiB 16 to 1048576
 * @param wallClockSeconds 1 to 604800
 * @param openFiles per process, 16 to 1048576
 */
public record Limits(int processes, int memoryMiB, int wallClockSeconds, int openFiles) {

    /** What holds where a policy says nothing. */
    public static final Limits DEFAULT = new Limits(256, 4096, 3600, 1024);

    public Limits {
        check("processes", processes, 1, 65_536);
        check("memoryMiB", memoryMiB, 16, 1_048_576);
        check("wallClockSeconds", wallClockSeconds, 1, 604_800);
        check("openFiles", openFiles, 16, 1_048_576);
    }

    private static void check(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + least + " to " + most + ")");
        }
    }
}
