package io.cordon.agent.telemetry;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;

/** Makes the attested record of every run, and sees to it that none goes missing (I-4). */
public final class RunRecorder implements AutoCloseable {

    private RunRecorder() {}

    /**
     * Opens the recorder; runs that a crashed agent left open are recorded as lost now.
     *
     * @param directory of the run journal, for example the spool's
     * @param hashKey secret key by which hashed arguments match each other, at least 32 bytes
     */
    public static RunRecorder open(Path directory, Spool spool, Supplier<HostFacts> host, byte[] hashKey)
            throws IOException {
        throw new UnsupportedOperationException("being written");
    }

    @Override
    public void close() {}
}
