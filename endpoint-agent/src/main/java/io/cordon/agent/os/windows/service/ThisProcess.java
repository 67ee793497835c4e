package io.cordon.agent.os.windows.service;

import io.cordon.agent.os.windows.Sid;
import java.io.IOException;
import java.nio.file.Path;

/** What this process is, and where this machine keeps the data of all users. */
public interface ThisProcess {
    /** The account it runs as. */
    Sid user() throws IOException;

    /** Whether the Administrators group is enabled in its token: it is not before elevation. */
    boolean administrator() throws IOException;

    /** From the system, not from the environment, which the starting user may have changed. */
    Path programData() throws IOException;
}
