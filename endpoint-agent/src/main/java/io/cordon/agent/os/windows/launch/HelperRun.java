package io.cordon.agent.os.windows.launch;

/** What became of a helper of Cordon's own that ran confined. */
public sealed interface HelperRun {
    /**
     * It ended by itself.
     *
     * @param status exit status
     * @param output all of its standard output
     */
    record Ended(int status, byte[] output) implements HelperRun {}

    /** It was not run, or was ended; one line that says why. */
    record Failed(String reason) implements HelperRun {}
}
