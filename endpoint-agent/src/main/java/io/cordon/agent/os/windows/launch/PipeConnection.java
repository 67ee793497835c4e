package io.cordon.agent.os.windows.launch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** One connected caller. Its streams are used by one thread each; closing it ends what waits in them. */
public interface PipeConnection extends AutoCloseable {
    InputStream input();

    OutputStream output();

    /**
     * Asks Windows who sent what was read last: by impersonation, on a thread of its own, and by process id. The working directory
     * is opened in the caller's name, so that the answer gives away nothing the caller cannot see.
     *
     * @throws IOException when Windows would not say, which no sound caller brings about
     */
    Attestation attest(String cwd) throws IOException;

    @Override
    void close();
}
