package io.cordon.agent.os.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cordon.agent.os.NetworkBoundary;
import io.cordon.agent.os.NetworkFence;
import io.cordon.agent.os.NetworkFenceContract;
import io.cordon.agent.os.NetworkPlan;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LinuxNetworkFenceTest extends NetworkFenceContract {
    @Override
    protected NetworkFence fence() {
        return new LinuxNetworkFence();
    }

    @Test
    void theProxyIsTheOnlyWayOut() {
        NetworkPlan.Granted plan = (NetworkPlan.Granted) new LinuxNetworkFence(40_000)
                .plan(new NetworkBoundary(true, NetworkBoundary.Mode.PROXY, List.of(50_000, 22)));
        assertEquals(new NetworkPlan.Granted(NetworkPlan.Reach.PROXY, List.of(22, 40_000, 50_000), List.of()), plan);
    }

    @Test
    void onlyModeProxyReachesTheProxy() {
        NetworkPlan.Granted plan = (NetworkPlan.Granted)
                new LinuxNetworkFence(40_000).plan(new NetworkBoundary(true, NetworkBoundary.Mode.OFFLINE, List.of()));
        assertEquals(NetworkPlan.Granted.offline(), plan);
    }

    @Test
    void morePortsThanTheSpawnerRelaysAreLeftOutAndSaidSo() {
        NetworkPlan.Granted plan = (NetworkPlan.Granted) fence().plan(new NetworkBoundary(
                true,
                NetworkBoundary.Mode.OFFLINE,
                IntStream.range(1, 30).boxed().toList()));
        assertEquals(LinuxNetworkFence.MAX_PORTS, plan.loopbackPorts().size());
        assertEquals(1, plan.notices().size());
    }
}
