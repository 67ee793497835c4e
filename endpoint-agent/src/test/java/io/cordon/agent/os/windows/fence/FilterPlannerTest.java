package io.cordon.agent.os.windows.fence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.os.NetworkBoundary;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FilterPlannerTest {
    private static FilterPlan offline(Integer... ports) {
        return FenceFixtures.plan(
                FenceFixtures.boundary(NetworkBoundary.Mode.OFFLINE, ports),
                Optional.empty(),
                FilterPlanner.Depth.ACCOUNTS);
    }

    @Test
    void keysStayTheSame() {
        assertEquals(UUID.fromString("ccacfa3e-11ed-5714-a4ac-c166daa39385"), FilterKeys.PROVIDER);
        assertEquals(5, FilterKeys.SUBLAYER.version());
        assertEquals(2, FilterKeys.SUBLAYER.variant());
        assertEquals(offline(80).filters(), offline(80).filters());
    }

    @Test
    void everyLayerOfBothAccountsIsBlockedForEveryProtocol() {
        assertEquals(2 * Layer.values().length, offline().filters().size());
        assertTrue(offline().filters().stream()
                .allMatch(filter -> filter.action() == Filter.Action.BLOCK
                        && filter.conditions().size() == 1
                        && filter.conditions().get(0) instanceof Condition.User));
    }

    @Test
    void blocksAreFinalAndPermitsAreNotAndBothSurviveARestart() {
        for (Filter filter : offline(80).filters()) {
            assertEquals(
                    filter.action() == Filter.Action.BLOCK
                            ? Set.of(Filter.Trait.PERSISTENT, Filter.Trait.FINAL)
                            : Set.of(Filter.Trait.PERSISTENT),
                    filter.traits());
        }
    }

    @Test
    void aPortIsOpenedInAllThreeFormsOfLoopback() {
        assertEquals(
                Set.of(
                        "Cordon: CordonOffline permit connect_v4 127.0.0.1 port 80",
                        "Cordon: CordonOffline permit connect_v6 ::ffff:7f00:1 port 80",
                        "Cordon: CordonOffline permit connect_v6 ::1 port 80",
                        "Cordon: CordonOffline permit bind_v4 TCP",
                        "Cordon: CordonOffline permit bind_v6 TCP"),
                offline(80).filters().stream()
                        .filter(filter -> filter.action() == Filter.Action.PERMIT)
                        .map(Filter::name)
                        .collect(java.util.stream.Collectors.toSet()));
    }

    /** Pitfall 28: a policy for a proxy that this version has not got is not a network without a proxy, and says so. */
    @Test
    void proxyWithoutAProxyIsOfflineAndSaysSo() {
        FenceGoal goal = FenceGoal.of(FenceFixtures.boundary(NetworkBoundary.Mode.PROXY, 80), Optional.empty());
        assertEquals(io.cordon.agent.os.NetworkPlan.Reach.OFFLINE, goal.reach());
        assertTrue(goal.granted(java.util.List.of()).notices().contains(FenceGoal.NO_PROXY));
    }

    @Test
    void whatTheFenceCannotCloseIsSaidOfEveryRunWithoutNetwork() {
        for (NetworkBoundary.Mode mode : Set.of(NetworkBoundary.Mode.OFFLINE, NetworkBoundary.Mode.PROXY)) {
            assertTrue(FenceGoal.of(FenceFixtures.boundary(mode), FenceFixtures.PROXY)
                    .granted(java.util.List.of())
                    .notices()
                    .containsAll(DeclaredLeak.notices()));
        }
        assertEquals(3, DeclaredLeak.notices().size());
    }
}
