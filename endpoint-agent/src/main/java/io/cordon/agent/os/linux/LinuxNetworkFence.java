package io.cordon.agent.os.linux;

import io.cordon.agent.os.NetworkBoundary;
import io.cordon.agent.os.NetworkFence;
import io.cordon.agent.os.NetworkPlan;
import java.util.ArrayList;
import java.util.List;

/** Network namespaces: the host's, or an empty one into which single loopback ports are relayed. */
public final class LinuxNetworkFence implements NetworkFence {
    /** How many ports the spawner relays for one run. */
    static final int MAX_PORTS = 16;

    @Override
    public NetworkPlan plan(NetworkBoundary boundary) {
        if (!boundary.enforced()) {
            return NetworkPlan.Granted.online();
        }
        List<String> notices = new ArrayList<>();
        if (boundary.mode() == NetworkBoundary.Mode.PROXY) {
            notices.add("network mode proxy is enforced as offline: this version has no egress proxy");
        }
        if (boundary.mode() == NetworkBoundary.Mode.ONLINE) {
            // The host's own loopback is then there as a whole.
            return NetworkPlan.Granted.online();
        }
        List<Integer> ports =
                boundary.loopbackPorts().stream().sorted().distinct().toList();
        if (ports.size() > MAX_PORTS) {
            notices.add("only the first " + MAX_PORTS + " of " + ports.size() + " loopback ports are relayed");
            ports = ports.subList(0, MAX_PORTS);
        }
        return new NetworkPlan.Granted(NetworkPlan.Reach.OFFLINE, ports, notices);
    }
}
