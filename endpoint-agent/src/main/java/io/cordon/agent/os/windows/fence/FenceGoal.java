package io.cordon.agent.os.windows.fence;

import io.cordon.agent.os.NetworkBoundary;
import io.cordon.agent.os.NetworkPlan;
import io.cordon.agent.os.windows.SandboxAccount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What a boundary comes to on this machine: the account that runs are given, and the loopback endpoints it alone may connect to.
 * The accounts that are not in use keep their fence, closed altogether.
 *
 * @param notices where this is narrower than the policy asks for
 */
record FenceGoal(NetworkPlan.Reach reach, List<Integer> loopbackPorts, List<Endpoint> permitted, List<String> notices) {
    static final String NO_LOOPBACK =
            "the network is closed for the account, its own loopback with it: programs that listen or connect to themselves fail";
    static final String NO_PROXY = "network mode proxy is enforced as offline: no egress proxy runs here";

    FenceGoal {
        loopbackPorts = List.copyOf(loopbackPorts);
        permitted = List.copyOf(permitted);
        notices = List.copyOf(notices);
    }

    static FenceGoal of(NetworkBoundary boundary, Optional<Endpoint> proxy) {
        if (!boundary.enforced() || boundary.mode() == NetworkBoundary.Mode.ONLINE) {
            return new FenceGoal(NetworkPlan.Reach.ONLINE, List.of(), List.of(), List.of());
        }
        boolean proxied = boundary.mode() == NetworkBoundary.Mode.PROXY && proxy.isPresent();
        List<Integer> ports = List.copyOf(new TreeSet<>(boundary.loopbackPorts()));
        List<Endpoint> permitted = new ArrayList<>();
        for (int port : ports) {
            permitted.add(new Endpoint(IpAddress.LOOPBACK_V4, port));
            permitted.add(new Endpoint(IpAddress.LOOPBACK_V6, port));
        }
        if (proxied) {
            proxy.filter(endpoint -> !permitted.contains(endpoint)).ifPresent(permitted::add);
        }
        List<String> notices = new ArrayList<>();
        if (boundary.mode() == NetworkBoundary.Mode.PROXY && !proxied) {
            notices.add(NO_PROXY);
        }
        return new FenceGoal(proxied ? NetworkPlan.Reach.PROXY : NetworkPlan.Reach.OFFLINE, ports, permitted, notices);
    }

    /** Endpoints that an account may connect to; meaningful for the two that are fenced. */
    List<Endpoint> permittedTo(SandboxAccount account) {
        return SandboxAccount.of(reach) == account ? permitted : List.of();
    }

    /** What the fence cannot close and what it closes beyond the policy is said for each run. */
    NetworkPlan.Granted granted(List<String> shortfalls) {
        if (reach == NetworkPlan.Reach.ONLINE) {
            return NetworkPlan.Granted.online();
        }
        List<String> said = new ArrayList<>(notices);
        said.add(NO_LOOPBACK);
        said.addAll(shortfalls);
        said.addAll(DeclaredLeak.notices());
        return new NetworkPlan.Granted(reach, loopbackPorts, said);
    }
}
