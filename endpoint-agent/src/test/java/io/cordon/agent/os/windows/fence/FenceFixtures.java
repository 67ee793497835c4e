package io.cordon.agent.os.windows.fence;

import io.cordon.agent.os.NetworkBoundary;
import io.cordon.agent.os.windows.SandboxAccount;
import io.cordon.agent.os.windows.Sid;
import io.cordon.agent.os.windows.accounts.SandboxSids;
import java.util.List;
import java.util.Map;
import java.util.Optional;

final class FenceFixtures {
    static final SandboxSids SIDS = new SandboxSids(
            Sid.parse("S-1-5-21-1-2-3-1000"),
            Map.of(
                    SandboxAccount.OFFLINE, Sid.parse("S-1-5-21-1-2-3-1001"),
                    SandboxAccount.PROXY, Sid.parse("S-1-5-21-1-2-3-1002"),
                    SandboxAccount.ONLINE, Sid.parse("S-1-5-21-1-2-3-1003")));
    static final Sid DEVELOPER = Sid.parse("S-1-5-21-1-2-3-500");
    static final Optional<Endpoint> PROXY = Optional.of(new Endpoint(IpAddress.LOOPBACK_V4, 18080));

    private FenceFixtures() {}

    static NetworkBoundary boundary(NetworkBoundary.Mode mode, Integer... ports) {
        return new NetworkBoundary(true, mode, List.of(ports));
    }

    static FilterPlan plan(NetworkBoundary boundary, Optional<Endpoint> proxy, FilterPlanner.Depth depth) {
        return new FilterPlanner(SIDS).plan(FenceGoal.of(boundary, proxy), depth);
    }
}
