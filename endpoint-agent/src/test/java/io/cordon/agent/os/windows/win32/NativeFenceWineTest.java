package io.cordon.agent.os.windows.win32;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.os.Ledger;
import io.cordon.agent.os.NetworkBoundary;
import io.cordon.agent.os.NetworkPlan;
import io.cordon.agent.os.windows.fence.Canary;
import io.cordon.agent.os.windows.fence.ModifyState;
import io.cordon.agent.os.windows.fence.SocketCanary;
import io.cordon.agent.os.windows.fence.WindowsNetworkFence;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The native side of the fence as far as Wine has it: libraries load, objects are made, calls answer. Nothing here has an effect. */
@Tag("wine")
class NativeFenceWineTest {
    @Test
    void aMachineWithoutAFilterEngineRefusesRunsWithoutNetwork() throws IOException {
        try (NativeFenceOnWindowsTest.Folder folder = new NativeFenceOnWindowsTest.Folder();
                Ledger ledger = Ledger.open(folder.path())) {
            WindowsNetworkFence fence = NativeFenceOnWindowsTest.fence(ledger);
            NetworkBoundary offline = new NetworkBoundary(true, NetworkBoundary.Mode.OFFLINE, List.of());
            assertFalse(fence.converge(offline).healthy());
            NetworkPlan.Refused refused = assertInstanceOf(NetworkPlan.Refused.class, fence.plan(offline));
            assertTrue(refused.reason().contains("FwpmEngineOpen0"), refused.reason());
            assertEquals(
                    NetworkPlan.Granted.online(),
                    fence.plan(new NetworkBoundary(true, NetworkBoundary.Mode.ONLINE, List.of())));
        }
    }

    @Test
    void theFirewallPolicySaysWhetherRulesHold() throws IOException {
        ModifyState state = new NativeFirewallRules().modifyState();
        // Whatever the answer, only one of all is no problem.
        assertEquals(state.result() == 0 && state.state() == 0, state.problem().isEmpty(), state.toString());
    }

    @Test
    void theFirewallPolicyHandsOutItsRules() throws IOException {
        assertTrue(new ComThread("test").call(() -> {
            try (ComObject policy = ComObject.create(
                            "INetFwPolicy2", NetFwGuids.CLSID_NetFwPolicy2, NetFwGuids.IID_INetFwPolicy2);
                    ComObject rules = policy.getObject("get_Rules", NetFwPolicy2Slots.get_Rules, "INetFwRules")) {
                return rules.pointer() != null;
            }
        }));
    }

    @Test
    void theCanaryHearsUnderWindowsToo() throws IOException {
        try (Canary canary = SocketCanary.open("m4rk", Set.of())) {
            assertFalse(canary.perches().isEmpty());
        }
    }
}
