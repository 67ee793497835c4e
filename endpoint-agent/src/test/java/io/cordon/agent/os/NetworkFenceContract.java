package io.cordon.agent.os;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every {@link NetworkFence} promises: never more network than the policy allows. */
public abstract class NetworkFenceContract {
    protected abstract NetworkFence fence();

    /** What is said of every run whose network is not the host's: what this system's fence cannot close. */
    protected List<String> standingNotices() {
        return List.of();
    }

    private NetworkPlan.Granted plan(boolean enforced, NetworkBoundary.Mode mode, Integer... ports) {
        return assertInstanceOf(
                NetworkPlan.Granted.class, fence().plan(new NetworkBoundary(enforced, mode, List.of(ports))));
    }

    @ParameterizedTest
    @EnumSource(NetworkBoundary.Mode.class)
    void onlineOnlyWhereThePolicySaysExactlyThat(NetworkBoundary.Mode mode) {
        assertEquals(mode == NetworkBoundary.Mode.ONLINE, plan(true, mode).isOnline());
    }

    @ParameterizedTest
    @EnumSource(NetworkBoundary.Mode.class)
    void auditChangesNothing(NetworkBoundary.Mode mode) {
        NetworkPlan.Granted plan = plan(false, mode, 80);
        assertTrue(plan.isOnline());
        assertEquals(List.of(), plan.loopbackPorts());
        assertEquals(List.of(), plan.notices());
    }

    @Test
    void whatIsNarrowerThanThePolicyIsSaid() {
        assertFalse(standingNotices()
                .containsAll(plan(true, NetworkBoundary.Mode.PROXY).notices()));
        assertEquals(standingNotices(), plan(true, NetworkBoundary.Mode.OFFLINE).notices());
    }

    @Test
    void loopbackPortsAreAscendingAndUnique() {
        assertEquals(
                List.of(22, 80, 9999),
                plan(true, NetworkBoundary.Mode.OFFLINE, 9999, 22, 80, 22).loopbackPorts());
    }

    @Test
    void onlineNeedsNoRelay() {
        assertEquals(List.of(), plan(true, NetworkBoundary.Mode.ONLINE, 80).loopbackPorts());
    }
}
