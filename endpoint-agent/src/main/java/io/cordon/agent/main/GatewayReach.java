package io.cordon.agent.main;

import io.cordon.agent.os.NetworkBoundary;
import io.cordon.agent.os.NetworkFence;
import io.cordon.agent.os.NetworkPlan;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Lets a confined agent reach the gateway and nothing more: its ports join those of the policy that are relayed. Who sends is
 * told by the run's own relay, so that no run can speak for another.
 */
final class GatewayReach implements NetworkFence {
    private final NetworkFence fence;
    private final Supplier<List<Integer>> listening;

    GatewayReach(NetworkFence fence, Supplier<List<Integer>> listening) {
        this.fence = fence;
        this.listening = listening;
    }

    @Override
    public NetworkPlan plan(NetworkBoundary boundary) {
        return fence.plan(widened(boundary));
    }

    /** The boundary with the gateway's ports in it: what stands between runs has to let them through too. */
    NetworkBoundary widened(NetworkBoundary boundary) {
        List<Integer> ports = Stream.concat(listening.get().stream(), boundary.loopbackPorts().stream())
                .distinct()
                .toList();
        return new NetworkBoundary(boundary.enforced(), boundary.mode(), ports);
    }
}
