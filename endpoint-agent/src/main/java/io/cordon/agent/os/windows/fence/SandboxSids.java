package io.cordon.agent.os.windows.fence;

import io.cordon.agent.os.windows.SandboxAccount;
import io.cordon.agent.os.windows.Sid;
import java.util.Set;

/** Which SIDs the sandbox accounts have on this machine. */
public record SandboxSids(Sid offline, Sid proxy, Sid online) {
    public SandboxSids {
        if (Set.copyOf(java.util.List.of(offline, proxy, online)).size() != 3) {
            throw new IllegalArgumentException("sandbox accounts: " + offline + ", " + proxy + ", " + online
                    + " (expected: three different SIDs)");
        }
    }

    public Sid of(SandboxAccount account) {
        return switch (account) {
            case OFFLINE -> offline;
            case PROXY -> proxy;
            case ONLINE -> online;
        };
    }
}
