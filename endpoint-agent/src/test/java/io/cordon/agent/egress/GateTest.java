package io.cordon.agent.egress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;

class GateTest {
    private static final InetAddress HERE = address(new byte[] {8, 8, 4, 4});
    private static final InetAddress THERE = address(new byte[] {8, 8, 8, 8});

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static Gate gate(String allow) {
        return new Gate(ProxyFixture.policy("allow: [" + allow + "]"), 1, HERE::equals);
    }

    @Test
    void aNameThatLeadsToThisMachineIsRefusedAlsoAtAPublicAddress() {
        Gate gate = gate("{host: \"*\"}");
        Target target = Target.of("dev.example.com", 8080).orElseThrow();
        assertTrue(gate.check(target, List.of(THERE), null).isEmpty());
        Gate.Refused refused = gate.check(target, List.of(THERE, HERE), null).orElseThrow();
        assertEquals(HERE, refused.address());
        assertEquals("special-address", refused.refusal().rule());
    }

    @Test
    void aRuleWithExactlyThatAddressLetsItThrough() {
        Gate gate = gate("{host: dev.example.com}, {host: 8.8.4.4}");
        Target target = Target.of("dev.example.com", 8080).orElseThrow();
        assertTrue(gate.check(target, List.of(HERE), null).isEmpty());
    }
}
