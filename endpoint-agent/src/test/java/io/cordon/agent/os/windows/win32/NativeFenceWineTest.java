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
import java.io.File;
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
        // Not a temporary folder of Java's: its random name takes what Wine's network library lacks.
        File folder = new File(System.getProperty("java.io.tmpdir"), "cordon-fence-" + ProcessHandle.current().pid());
        assertTrue(folder.mkdir(), folder.toString());
        try (Ledger ledger = Ledger.open(folder.toPath())) {
            WindowsNetworkFence fence = NativeFenceNotShownTest.fence(ledger);
            NetworkBoundary offline = new NetworkBoundary(true, NetworkBoundary.Mode.OFFLINE, List.of());
            try {
                assertFalse(fence.converge(offline).healthy());
                NetworkPlan.Refused refused = assertInstanceOf(NetworkPlan.Refused.class, fence.plan(offline));
                assertTrue(refused.reason().contains("could not be verified"), refused.reason());
            } finally {
                assertEquals(NetworkPlan.Granted.online(), fence.plan(new NetworkBoundary(true, NetworkBoundary.Mode.ONLINE, List.of())));
            }
        } finally {
            for (File file : List.of(folder.listFiles())) {
                assertTrue(file.delete());
            }
            assertTrue(folder.delete());
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
