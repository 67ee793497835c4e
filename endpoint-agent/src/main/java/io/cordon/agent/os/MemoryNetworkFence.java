package io.cordon.agent.os;

import java.util.List;

/** The reference: online only where the policy says exactly that, or does not enforce. */
public final class MemoryNetworkFence implements NetworkFence {
    @Override
    public NetworkPlan plan(NetworkBoundary boundary) {
        boolean online = !boundary.enforced() || boundary.mode() == NetworkBoundary.Mode.ONLINE;
        boolean narrowed = boundary.enforced() && boundary.mode() == NetworkBoundary.Mode.PROXY;
        if (online) {
            return NetworkPlan.Granted.online();
        }
        return new NetworkPlan.Granted(
                NetworkPlan.Reach.OFFLINE,
                boundary.loopbackPorts().stream().sorted().distinct().toList(),
                narrowed ? List.of("network mode proxy is enforced as offline") : List.of());
    }
}
