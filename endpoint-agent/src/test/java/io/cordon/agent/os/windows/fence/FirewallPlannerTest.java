package io.cordon.agent.os.windows.fence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cordon.agent.os.NetworkBoundary;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FirewallPlannerTest {
    private static List<FirewallRule> plan(NetworkBoundary.Mode mode, Optional<Endpoint> proxy, Integer... ports) {
        return new FirewallPlanner(FenceFixtures.SIDS).plan(FenceGoal.of(FenceFixtures.boundary(mode, ports), proxy));
    }

    private static String ports(List<FirewallRule> rules, String name) {
        return rules.stream()
                .filter(rule -> rule.name().equals(name))
                .findFirst()
                .orElseThrow()
                .remotePorts();
    }

    @Test
    void eachFencedAccountHasItsFourRules() {
        List<FirewallRule> rules = plan(NetworkBoundary.Mode.OFFLINE, Optional.empty());
        assertEquals(8, rules.size());
        assertEquals(
                new FirewallRule(
                        "Cordon CordonOffline loopback TCP",
                        true,
                        6,
                        "127.0.0.0/8,::1",
                        "1-65535",
                        "O:LSD:(A;;CC;;;S-1-5-21-1-2-3-1001)"),
                rules.get(3));
        assertEquals(
                List.of(256, 256, 17, 6),
                rules.subList(0, 4).stream().map(FirewallRule::protocol).toList());
        assertEquals(
                List.of(true, false, true, true),
                rules.subList(4, 8).stream().map(FirewallRule::outbound).toList());
    }

    @Test
    void onlyTheAccountInUseHasPortsOpen() {
        List<FirewallRule> offline = plan(NetworkBoundary.Mode.OFFLINE, FenceFixtures.PROXY, 443, 80);
        assertEquals("1-79,81-442,444-65535", ports(offline, "Cordon CordonOffline loopback TCP"));
        assertEquals("1-65535", ports(offline, "Cordon CordonProxy loopback TCP"));
        List<FirewallRule> proxied = plan(NetworkBoundary.Mode.PROXY, FenceFixtures.PROXY, 80);
        assertEquals("1-65535", ports(proxied, "Cordon CordonOffline loopback TCP"));
        assertEquals("1-79,81-18079,18081-65535", ports(proxied, "Cordon CordonProxy loopback TCP"));
    }

    @Test
    void theClosedFormOfARuleBlocksAllPorts() {
        FirewallRule open =
                plan(NetworkBoundary.Mode.OFFLINE, Optional.empty(), 80).get(3);
        assertEquals("1-65535", FirewallPlanner.closed(open).remotePorts());
        assertEquals(open.name(), FirewallPlanner.closed(open).name());
    }
}
