package io.cordon.agent.os.windows.fence;

import io.cordon.agent.os.windows.SandboxAccount;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Starts the probe program the way runs are started. */
public interface ProbeRunner {
    /**
     * Runs {@code cordon-probe} as the account, with exactly the token, job and desktop that a run gets: filters on an account
     * match by an access check on the token, so another token proves nothing. Returns what it wrote to its standard output, at
     * most 64 KiB.
     *
     * @throws IOException when it could not be started, or did not end in time (it is then killed) with status 0
     */
    String run(SandboxAccount account, List<String> arguments, Duration limit) throws IOException;
}
