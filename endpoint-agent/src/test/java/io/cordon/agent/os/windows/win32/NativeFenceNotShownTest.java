package io.cordon.agent.os.windows.win32;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.os.Ledger;
import io.cordon.agent.os.NetworkBoundary;
import io.cordon.agent.os.windows.Sid;
import io.cordon.agent.os.windows.fence.Effectiveness;
import io.cordon.agent.os.windows.fence.FenceReport;
import io.cordon.agent.os.windows.fence.FirewallRule;
import io.cordon.agent.os.windows.fence.SandboxSids;
import io.cordon.agent.os.windows.fence.SocketCanary;
import io.cordon.agent.os.windows.fence.WindowsNetworkFence;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only Windows shows, since Wine's filter engine and firewall keep nothing. Needs an administrator. */
class NativeFenceNotShownTest {
    private static final NetworkBoundary OFFLINE =
            new NetworkBoundary(true, NetworkBoundary.Mode.OFFLINE, List.of(50001));

    static WindowsNetworkFence fence(Ledger ledger) {
        return new WindowsNetworkFence(
                new SandboxSids(
                        Sid.parse("S-1-5-21-1-2-3-4001"),
                        Sid.parse("S-1-5-21-1-2-3-4002"),
                        Sid.parse("S-1-5-21-1-2-3-4003")),
                Optional.empty(),
                new WindowsNetworkFence.Means(
                        new NativeFilterEngine(),
                        new NativeFirewallRules(),
                        (account, arguments, limit) -> {
                            throw new IOException("these accounts do not exist");
                        },
                        SocketCanary::open),
                ledger);
    }

    @Test
    @Tag("wine-not-shown")
    void theFilterEngineTakesTransactions() throws IOException {
        try (FilterSession session = FilterSession.open()) {
            session.begin();
            session.commit();
            session.begin();
            session.abort();
        }
    }

    @Test
    @Tag("wine-not-shown")
    void filtersStandReadBackAndGo(@TempDir Path directory) throws IOException {
        NativeFilterEngine engine = new NativeFilterEngine();
        try (Ledger ledger = Ledger.open(directory)) {
            WindowsNetworkFence fence = fence(ledger);
            try {
                FenceReport first = fence.converge(OFFLINE);
                assertTrue(((Effectiveness.Unverified) first.effectiveness()).reason().contains("do not exist"));
                assertEquals(21, engine.installed().filters().size());
                assertEquals(Set.of(), engine.installed().unguarded());
                FenceReport second = fence.converge(OFFLINE);
                assertEquals(0, second.writes());
                assertEquals(List.of(), second.drift());
            } finally {
                fence.remove();
            }
            assertTrue(engine.installed().filters().isEmpty());
            assertTrue(engine.installed().provider().isEmpty());
            assertEquals(List.of(), ledger.open());
        }
    }

    @Test
    @Tag("wine-not-shown")
    void firewallRulesStandReadBackAndGo() throws IOException {
        NativeFirewallRules firewall = new NativeFirewallRules();
        FirewallRule rule = rule("1-79,81-65535");
        FirewallRule changed = rule("1-65535");
        try {
            firewall.put(rule);
            assertEquals(rule.text(), firewall.rules().get(0).text());
            firewall.put(changed);
            assertEquals(List.of(changed.text()), firewall.rules().stream().map(each -> each.text()).toList());
        } finally {
            firewall.remove(rule.name());
        }
        assertTrue(firewall.rules().isEmpty());
    }

    @Test
    @Tag("wine-not-shown")
    void aFirewallRuleReadsBackAsItWasSet() throws IOException {
        assertTrue(new ComThread("test").call(() -> {
            try (ComObject rule = FirewallRuleProperties.make(rule("1-79,81-65535"))) {
                return rule.pointer() != null;
            }
        }));
    }

    private static FirewallRule rule(String ports) {
        return new FirewallRule(
                "Cordon test rule", true, FirewallRule.TCP, "127.0.0.0/8,::1", ports, "O:LSD:(A;;CC;;;S-1-5-21-1-2-3-4)");
    }
}
