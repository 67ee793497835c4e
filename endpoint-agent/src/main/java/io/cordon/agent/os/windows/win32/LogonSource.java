package io.cordon.agent.os.windows.win32;

import io.cordon.agent.os.windows.SandboxAccount;
import io.cordon.agent.os.windows.launch.LaunchException;
import io.cordon.agent.os.windows.launch.Machine;

/** Where the token of a sandbox account comes from. */
@FunctionalInterface
interface LogonSource {
    Machine.Logon logOn(SandboxAccount account) throws LaunchException;
}
