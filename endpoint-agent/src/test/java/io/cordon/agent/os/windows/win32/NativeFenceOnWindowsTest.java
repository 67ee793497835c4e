package io.cordon.agent.os.windows.win32;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.os.Ledger;
import io.cordon.agent.os.NetworkBoundary;
import io.cordon.agent.os.windows.SandboxAccount;
import io.cordon.agent.os.windows.Sid;
import io.cordon.agent.os.windows.accounts.SandboxSids;
import io.cordon.agent.os.windows.fence.Effectiveness;
import io.cordon.agent.os.windows.fence.FenceReport;
import io.cordon.agent.os.windows.fence.FirewallRule;
import io.cordon.agent.os.windows.fence.SocketCanary;
import io.cordon.agent.os.windows.fence.WindowsNetworkFence;
import io.cordon.agent.os.windows.wine.NotShownUnderWine;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What only Windows shows, since Wine's filter engine and firewall keep nothing. Needs an administrator. */
class NativeFenceOnWindowsTest {
    private static final NetworkBoundary OFFLINE =
            new NetworkBoundary(true, NetworkBoundary.Mode.OFFLINE, List.of(50001));

    static WindowsNetworkFence fence(Ledger ledger) {
        return new WindowsNetworkFence(
                new SandboxSids(
                        Sid.parse("S-1-5-21-1-2-3-4000"),
                        Map.of(
                                SandboxAccount.OFFLINE, Sid.parse("S-1-5-21-1-2-3-4001"),
                                SandboxAccount.PROXY, Sid.parse("S-1-5-21-1-2-3-4002"),
                                SandboxAccount.ONLINE, Sid.parse("S-1-5-21-1-2-3-4003"))),
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

    /** Not a temporary folder of Java's: its random name takes what Wine's network library lacks. */
    static final class Folder implements Closeable {
        private final File file = new File(
                System.getProperty("java.io.tmpdir"),
                "cordon-fence-" + ProcessHandle.current().pid());

        Folder() {
            assertTrue(file.mkdir(), file.toString());
        }

        Path path() {
            return file.toPath();
        }

        @Override
        public void close() {
            for (File each : file.listFiles()) {
                assertTrue(each.delete());
            }
            assertTrue(file.delete());
        }
    }

    @NotShownUnderWine("no session with the filter engine opens")
    void theFilterEngineTakesTransactions() throws IOException {
        try (FilterSession session = FilterSession.open()) {
            session.begin();
            session.commit();
            session.begin();
            session.abort();
        }
    }

    @NotShownUnderWine("no session with the filter engine opens")
    void filtersStandReadBackAndGo() throws IOException {
        NativeFilterEngine engine = new NativeFilterEngine();
        try (Folder folder = new Folder();
                Ledger ledger = Ledger.open(folder.path())) {
            WindowsNetworkFence fence = fence(ledger);
            try {
                FenceReport first = fence.converge(OFFLINE);
                assertTrue(((Effectiveness.Unverified) first.effectiveness())
                        .reason()
                        .contains("do not exist"));
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

    @NotShownUnderWine("the rules of the firewall policy cannot be listed")
    void firewallRulesStandReadBackAndGo() throws IOException {
        NativeFirewallRules firewall = new NativeFirewallRules();
        FirewallRule rule = rule("1-79,81-65535");
        FirewallRule changed = rule("1-65535");
        try {
            firewall.put(rule);
            assertEquals(rule.text(), firewall.rules().get(0).text());
            firewall.put(changed);
            assertEquals(
                    List.of(changed.text()),
                    firewall.rules().stream().map(each -> each.text()).toList());
        } finally {
            firewall.remove(rule.name());
        }
        assertTrue(firewall.rules().isEmpty());
    }

    @NotShownUnderWine("rules have no INetFwRule3")
    void aFirewallRuleReadsBackAsItWasSet() throws IOException {
        assertTrue(new ComThread("test").call(() -> {
            try (ComObject rule = FirewallRuleProperties.make(rule("1-79,81-65535"))) {
                return rule.pointer() != null;
            }
        }));
    }

    private static FirewallRule rule(String ports) {
        return new FirewallRule(
                "Cordon test rule",
                true,
                FirewallRule.TCP,
                "127.0.0.0/8,::1",
                ports,
                "O:LSD:(A;;CC;;;S-1-5-21-1-2-3-4)");
    }
}
