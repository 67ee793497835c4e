package io.cordon.agent.os.linux;

import io.cordon.agent.os.NetworkBoundary;
import io.cordon.agent.os.NetworkFence;
import io.cordon.agent.os.NetworkPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Network namespaces: the host's, or an empty one into which single loopback ports are relayed. */
public final class LinuxNetworkFence implements NetworkFence {
    /** How many ports the spawner relays for one run. */
    static final int MAX_PORTS = 16;

    private final int proxyPort;

    /** Where no egress proxy runs. */
    public LinuxNetworkFence() {
        this(0);
    }

    /** @param proxyPort of the egress proxy on the host's loopback; 0 when there is none */
    public LinuxNetworkFence(int proxyPort) {
        this.proxyPort = proxyPort;
    }

    @Override
    public NetworkPlan plan(NetworkBoundary boundary) {
        if (!boundary.enforced()) {
            return NetworkPlan.Granted.online();
        }
        List<String> notices = new ArrayList<>();
        boolean proxy = boundary.mode() == NetworkBoundary.Mode.PROXY && proxyPort != 0;
        if (boundary.mode() == NetworkBoundary.Mode.PROXY && !proxy) {
            notices.add("network mode proxy is enforced as offline: the egress proxy does not run");
        }
        if (boundary.mode() == NetworkBoundary.Mode.ONLINE) {
            // The host's own loopback is then there as a whole.
            return NetworkPlan.Granted.online();
        }
        List<Integer> ports =
                boundary.loopbackPorts().stream().sorted().distinct().toList();
        int room = proxy ? MAX_PORTS - 1 : MAX_PORTS;
        if (ports.size() > room) {
            notices.add("only the first " + room + " of " + ports.size() + " loopback ports are relayed");
            ports = ports.subList(0, room);
        }
        return proxy
                ? new NetworkPlan.Granted(NetworkPlan.Reach.PROXY, with(ports, proxyPort), notices)
                : new NetworkPlan.Granted(NetworkPlan.Reach.OFFLINE, ports, notices);
    }

    /** The proxy is one more port of the host's loopback: nothing else leads out of the namespace. */
    private static List<Integer> with(List<Integer> ports, int port) {
        return Stream.concat(ports.stream(), Stream.of(port))
                .sorted()
                .distinct()
                .toList();
    }
}
