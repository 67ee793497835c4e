package io.cordon.agent.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyInForceTest {
    @Test
    void whoListensIsToldOnceThePolicyHolds() {
        PolicyInForce policies = new PolicyInForce();
        List<String> told = new ArrayList<>();
        policies.onReplace(() -> told.add(policies.current().policy().name()));
        policies.replace(Policies.resolve(Policies.USUAL));
        policies.replaceWithStrictest();
        assertEquals(List.of("test", "builtin-strictest"), told);
    }
}
