package io.cordon.agent.os.windows.launch;

import io.cordon.agent.os.windows.SandboxAccount;
import io.cordon.agent.os.windows.Sid;
import java.util.List;

/** As whom a process runs. */
sealed interface Identity {
    /**
     * As a sandbox account with a write-restricted token, on a desktop of its own.
     *
     * @param capabilities of the roots it may write: groups of its token, and restricting SIDs
     */
    record Sandboxed(SandboxAccount account, List<Sid> capabilities) implements Identity {
        public Sandboxed {
            capabilities = List.copyOf(capabilities);
        }
    }

    /** With the caller's own token, in its session: what audit mode records must be what would have happened. */
    record AsCaller(CallerProcess caller) implements Identity {}
}
