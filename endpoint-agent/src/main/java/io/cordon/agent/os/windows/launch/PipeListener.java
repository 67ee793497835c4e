package io.cordon.agent.os.windows.launch;

import java.io.IOException;

/** The listening side of the named pipe. While it is open the name is taken: one instance always waits for a caller. */
public interface PipeListener extends AutoCloseable {
    /**
     * Waits for the next caller.
     *
     * @throws IOException when no more can come, also after {@link #close()}
     */
    PipeConnection accept() throws IOException;

    @Override
    void close();

    /** Takes the name. */
    @FunctionalInterface
    interface Source {
        /** @throws IOException when somebody else has it, or the system refuses; the message says which */
        PipeListener listen() throws IOException;
    }
}
