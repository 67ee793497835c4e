package io.cordon.agent.os.windows.win32;

import io.cordon.agent.os.windows.SandboxAccount;
import io.cordon.agent.os.windows.Sid;
import io.cordon.agent.os.windows.launch.LaunchException;
import io.cordon.agent.os.windows.launch.Machine;
import java.util.List;

/** Where the token of a sandbox account comes from. */
@FunctionalInterface
interface LogonSource {
    /** As {@link Machine#logOn}. */
    Machine.Logon logOn(SandboxAccount account, List<Sid> groups) throws LaunchException;
}
