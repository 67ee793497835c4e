package io.cordon.agent.os.windows.fence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.os.Ledger;
import io.cordon.agent.os.NetworkBoundary;
import io.cordon.agent.os.NetworkBoundary.Mode;
import io.cordon.agent.os.NetworkFence;
import io.cordon.agent.os.NetworkFenceContract;
import io.cordon.agent.os.NetworkPlan;
import io.cordon.agent.os.windows.SandboxAccount;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WindowsNetworkFenceTest extends NetworkFenceContract {
    private static final List<Canary.Perch> PERCHES = List.of(
            new Canary.Perch(IpAddress.LOOPBACK_V4, 40001, 40002),
            new Canary.Perch(IpAddress.LOOPBACK_V6, 40003, 40004),
            new Canary.Perch(IpAddress.v4(10, 0, 0, 5), 40005, 40006));

    @TempDir
    private Path directory;

    private Ledger ledger;
    private final MemoryFilterEngine engine = new MemoryFilterEngine();
    private final MemoryFirewall firewall = new MemoryFirewall();
    private final FakeProbe probe = new FakeProbe(engine);
    private List<Canary.Perch> perches = PERCHES;
    private WindowsNetworkFence fence;

    @BeforeEach
    void open() throws IOException {
        ledger = Ledger.open(directory);
        fence = fence(Optional.empty());
    }

    @AfterEach
    void close() throws IOException {
        ledger.close();
    }

    private WindowsNetworkFence fence(Optional<Endpoint> proxy) {
        return new WindowsNetworkFence(
                FenceFixtures.SIDS,
                proxy,
                new WindowsNetworkFence.Means(
                        engine, firewall, probe, (mark, avoid) -> FakeProbe.canary(perches, Set.of())),
                ledger);
    }

    /** As the service does: the fence stands before anything is planned under a policy. */
    @Override
    protected NetworkFence fence() {
        return boundary -> {
            fence.converge(boundary);
            return fence.plan(boundary);
        };
    }

    @Override
    protected List<String> standingNotices() {
        List<String> notices = new ArrayList<>(List.of(FenceGoal.NO_LOOPBACK));
        notices.addAll(DeclaredLeak.notices());
        return notices;
    }

    private static NetworkBoundary offline(Integer... ports) {
        return FenceFixtures.boundary(Mode.OFFLINE, ports);
    }

    private String refusal(NetworkBoundary boundary) {
        return assertInstanceOf(NetworkPlan.Refused.class, fence.plan(boundary)).reason();
    }

    @Test
    void nothingRunsOfflineBeforeTheFenceForItsPolicyStands() {
        assertTrue(refusal(offline()).contains("does not stand yet"));
        fence.converge(offline(80));
        assertTrue(refusal(offline(81)).contains("does not stand yet"));
        assertInstanceOf(NetworkPlan.Granted.class, fence.plan(offline(80)));
        assertInstanceOf(NetworkPlan.Granted.class, fence.plan(FenceFixtures.boundary(Mode.ONLINE)));
    }

    @Test
    void aSecondConvergenceWritesNothingAndProbesNothing() throws IOException {
        assertTrue(fence.converge(offline(80)).writes() > 0);
        List<Ledger.Entry> entries = ledger.open();
        int transactions = engine.transactions;
        FenceReport second = fence.converge(offline(80));
        assertEquals(0, second.writes());
        assertEquals(List.of(), second.drift());
        assertEquals(transactions, engine.transactions);
        assertEquals(entries, ledger.open());
        assertEquals(List.of(SandboxAccount.OFFLINE), probe.accounts);
        assertTrue(second.healthy());
    }

    @Test
    void anotherPolicyChangesOnlyWhatDiffersInOneTransaction() {
        fence.converge(offline(80));
        firewall.writes.clear();
        FenceReport report = fence.converge(offline(80, 81));
        assertEquals(2, engine.transactions);
        // Three filters for the port, and one rule.
        assertEquals(4, report.writes());
        assertEquals(List.of(), report.drift());
        assertEquals(
                List.of("Cordon CordonOffline loopback TCP 1-65535", "Cordon CordonOffline loopback TCP 1-79,82-65535"),
                firewall.writes);
    }

    @Test
    void theLedgerKnowsEachObjectBeforeItIsMade() {
        List<Integer> open = new ArrayList<>();
        engine.beforeApply = () -> open.add(ledger.open().size());
        fence.converge(offline(80));
        assertEquals(engine.filters.size() + 2, open.get(0));
        assertEquals(
                engine.filters.size() + 2 + firewall.texts.size(),
                ledger.open().stream().filter(Ledger.Entry::done).count());
    }

    @Test
    void driftIsRepairedAndSaid() {
        fence.converge(offline(80));
        Filter removed = engine.filters.remove(3);
        Filter weak = engine.filters.get(0);
        engine.filters.set(
                0,
                new Filter(
                        weak.key(),
                        weak.name(),
                        weak.layer(),
                        Filter.Action.PERMIT,
                        15,
                        weak.conditions(),
                        weak.traits()));
        Filter stranger =
                Filter.of(UUID.randomUUID(), "stranger", Layer.CONNECT_V4, Filter.Action.PERMIT, 15, List.of());
        engine.filters.add(stranger);
        firewall.texts.put("Cordon CordonOffline outbound", "out (disabled)");
        FenceReport report = fence.converge(offline(80));
        assertEquals(4, report.drift().size(), report.drift().toString());
        String all = String.join("\n", report.drift());
        assertTrue(all.contains("\"" + removed.name() + "\" was gone"));
        assertTrue(all.contains("\"" + weak.name() + "\" was changed: PERMIT CONNECT_V4 weight 15"));
        assertTrue(all.contains("\"stranger\" was there and is not Cordon's"));
        assertTrue(all.contains("out (disabled)"));
        assertTrue(engine.filters.contains(removed) && !engine.filters.contains(stranger));
        assertEquals(2, probe.accounts.size());
        assertEquals(0, fence.converge(offline(80)).writes());
    }

    @Test
    void anObjectThatOthersMayChangeIsMadeAnew() {
        fence.converge(offline());
        engine.unguarded.add(engine.filters.get(0).key());
        FenceReport report = fence.converge(offline());
        assertEquals(2, report.writes());
        assertTrue(report.drift().get(0).contains("could be changed by others"));
        engine.unguarded.add(FilterPlan.SUBLAYER.key());
        assertEquals(2 * engine.filters.size() + 4, fence.converge(offline()).writes());
        assertEquals(0, fence.converge(offline()).writes());
    }

    @Test
    void aSublayerOfAnotherWeightIsRebuiltWithAllThatHangsOnIt() {
        fence.converge(offline());
        engine.subLayer =
                Optional.of(new FilterPlan.SubLayer(FilterPlan.SUBLAYER.key(), "Cordon sandbox accounts", 1, true));
        assertTrue(fence.converge(offline()).drift().get(0).contains("weight 1"));
        assertEquals(Optional.of(FilterPlan.SUBLAYER), engine.subLayer);
    }

    /** A crash between the ledger and the engine: the next start finds the entry, and one convergence settles both. */
    @Test
    void aCrashBeforeTheFiltersStoodIsMadeGood() throws IOException {
        engine.beforeApply = () -> {
            throw new IllegalStateException("power cut");
        };
        try {
            fence.converge(offline());
        } catch (IllegalStateException e) {
            assertTrue(ledger.open().stream().noneMatch(Ledger.Entry::done));
        }
        ledger.close();
        ledger = Ledger.open(directory);
        engine.beforeApply = () -> {};
        fence = fence(Optional.empty());
        assertTrue(refusal(offline()).contains("does not stand yet"));
        assertEquals(List.of(), fence.converge(offline()).drift());
        assertTrue(ledger.open().stream().allMatch(Ledger.Entry::done));
        assertEquals(
                engine.filters.size() + 2 + firewall.texts.size(), ledger.open().size());
    }

    /** The first layer is one transaction; the second has a step for each rule, and uninstalling steps of its own. */
    @Test
    void aCrashAtAnyStepIsMadeGoodAndLeavesNothingAtTheEnd() throws IOException {
        fence.converge(offline(80));
        fence.remove();
        int steps = firewall.writes.size();
        for (int at = 1; at <= steps; at++) {
            firewall.writes.clear();
            firewall.stopsAt = at;
            assertThrows(IllegalStateException.class, () -> {
                fence.converge(offline(80));
                fence.remove();
            });
            Set<String> known = ledger.open().stream()
                    .map(entry -> entry.change().detail("key"))
                    .collect(Collectors.toSet());
            assertTrue(known.containsAll(firewall.texts.keySet()), "step " + at);
            firewall.stopsAt = Integer.MAX_VALUE;
            ledger.close();
            ledger = Ledger.open(directory);
            fence = fence(Optional.empty());
            if (at % 2 == 0) {
                fence.converge(offline(80));
                assertEquals(8, firewall.texts.size());
                assertInstanceOf(NetworkPlan.Granted.class, fence.plan(offline(80)));
                assertTrue(ledger.open().stream().allMatch(Ledger.Entry::done));
            }
            fence.remove();
            assertTrue(firewall.texts.isEmpty() && engine.filters.isEmpty() && engine.provider.isEmpty(), "step " + at);
            assertEquals(List.of(), ledger.open());
        }
    }

    @Test
    void aTransactionThatFailsLeavesTheOldFenceAndRefuses() {
        fence.converge(offline(80));
        List<Filter> before = List.copyOf(engine.filters);
        engine.broken = true;
        FenceReport report = fence.converge(offline(90));
        assertEquals(before, engine.filters);
        assertInstanceOf(Effectiveness.Unverified.class, report.effectiveness());
        assertTrue(refusal(offline(90)).contains("0x80320019"));
        engine.broken = false;
        fence.converge(offline(80));
        assertEquals(before, engine.filters);
        assertInstanceOf(NetworkPlan.Granted.class, fence.plan(offline(80)));
    }

    @Test
    void aProbeThatCannotRunRefusesRunsWithTheReason() {
        probe.broken = true;
        fence.converge(offline());
        assertTrue(refusal(offline()).contains("1385"));
        assertInstanceOf(NetworkPlan.Granted.class, fence.plan(FenceFixtures.boundary(Mode.ONLINE)));
        probe.broken = false;
        fence.converge(offline());
        assertInstanceOf(NetworkPlan.Granted.class, fence.plan(offline()));
    }

    @Test
    void aCanaryThatTheAgentDoesNotReachProvesNothing() {
        perches = List.of();
        fence.converge(offline());
        assertTrue(refusal(offline()).contains("does not reach its own canary"));
    }

    /** Pitfall 7 turned round: filters that are accepted and have no effect are no fence. */
    @Test
    void acceptedFiltersWithoutEffectRefuseRuns() {
        probe.enforced = false;
        FenceReport report = fence.converge(offline());
        assertInstanceOf(Effectiveness.Leaking.class, report.effectiveness());
        assertTrue(refusal(offline()).contains("tcp/10.0.0.5/40005"));
        assertFalse(report.healthy());
    }

    @Test
    void tokensThatShedTheirAccountBringTheDeeperFilters() throws IOException {
        probe.shedding = true;
        FenceReport report = fence.converge(offline(80));
        assertInstanceOf(Effectiveness.Effective.class, report.effectiveness());
        assertTrue(engine.filters.stream().anyMatch(filter -> filter.weight() == FilterPlanner.REST_WEIGHT));
        assertEquals(0, fence.converge(offline(80)).writes());
        // A restart keeps them: taking them away would open what they close.
        fence = fence(Optional.empty());
        assertEquals(0, fence.converge(offline(80)).writes());
        assertInstanceOf(NetworkPlan.Granted.class, fence.plan(offline(80)));
    }

    @Test
    void whereNothingShedsItsAccountOthersAreNotTouched() {
        fence.converge(offline());
        assertTrue(engine.filters.stream().noneMatch(filter -> filter.weight() == FilterPlanner.REST_WEIGHT));
    }

    @Test
    void withAProxyOnlyItsAccountGetsThere() {
        fence = fence(FenceFixtures.PROXY);
        NetworkBoundary boundary = FenceFixtures.boundary(Mode.PROXY, 80);
        fence.converge(boundary);
        NetworkPlan.Granted granted = assertInstanceOf(NetworkPlan.Granted.class, fence.plan(boundary));
        assertEquals(NetworkPlan.Reach.PROXY, granted.reach());
        assertEquals(List.of(80), granted.loopbackPorts());
        assertEquals(List.of(SandboxAccount.PROXY), probe.accounts);
    }

    /** Pitfall 7: a group policy over the firewall leaves the first layer standing, and the second said to be degraded. */
    @Test
    void aFirewallThatGroupPolicyOwnsDegradesTheSecondLayerOnly() {
        for (ModifyState state : List.of(new ModifyState(0, 1), new ModifyState(0, 2), new ModifyState(1, 0))) {
            firewall.state = state;
            FenceReport report = fence.converge(offline());
            assertFalse(report.healthy());
            assertTrue(report.status().contains("second layer degraded"), report.status());
            assertInstanceOf(NetworkPlan.Granted.class, fence.plan(offline()));
        }
    }

    @Test
    void aFirewallThatCannotBeWrittenDegradesTheSecondLayerOnly() {
        firewall.broken = true;
        assertTrue(fence.converge(offline()).status().contains("0x80070005"));
        assertInstanceOf(NetworkPlan.Granted.class, fence.plan(offline()));
    }

    @Test
    void firewallRulesAreClosedFirstAndNarrowedAfter() {
        fence.converge(offline(80));
        List<String> writes = firewall.writes;
        assertEquals("Cordon CordonOffline loopback TCP 1-65535", writes.get(3));
        assertEquals("Cordon CordonOffline loopback TCP 1-79,81-65535", writes.get(writes.size() - 1));
    }

    @Test
    void onlineLeavesTheUnusedAccountsClosed() {
        fence.converge(offline(80));
        fence.converge(FenceFixtures.boundary(Mode.ONLINE));
        assertTrue(engine.filters.stream().allMatch(filter -> filter.action() == Filter.Action.BLOCK));
        assertEquals(1, probe.accounts.size());
    }

    @Test
    void removalLeavesNothingAlsoOfWhatTheLedgerLost() throws IOException {
        fence.converge(offline(80));
        for (Ledger.Entry entry : ledger.open()) {
            if (entry.id() % 2 == 0) {
                ledger.undone(entry.id());
            }
        }
        firewall.texts.put("Cordon of an older version", "in protocol 6");
        fence.remove();
        assertEquals(List.of(), engine.filters);
        assertTrue(engine.provider.isEmpty() && engine.subLayer.isEmpty());
        assertTrue(firewall.texts.isEmpty());
        assertEquals(List.of(), ledger.open());
        assertTrue(refusal(offline(80)).contains("does not stand yet"));
    }

    @Test
    void provingAgainMeasuresAgain() {
        fence.converge(offline());
        probe.enforced = false;
        assertInstanceOf(
                Effectiveness.Effective.class, fence.converge(offline()).effectiveness());
        assertInstanceOf(Effectiveness.Leaking.class, fence.prove(offline()).effectiveness());
        assertInstanceOf(NetworkPlan.Refused.class, fence.plan(offline()));
    }
}
