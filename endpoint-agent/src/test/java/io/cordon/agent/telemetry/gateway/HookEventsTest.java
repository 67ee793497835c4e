package io.cordon.agent.telemetry.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.telemetry.gateway.event.AgentEvent;
import io.cordon.agent.telemetry.gateway.event.EventKind;
import io.cordon.policy.model.ArgumentCapture;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HookEventsTest {
    private static AgentEvent event(EventKind kind, Map<String, Object> attributes, Map<String, String> content) {
        return new AgentEvent(
                kind,
                "codex",
                GatewayRig.NOW,
                "s-1",
                "turn",
                "call_1",
                null,
                null,
                "hook:PreToolUse",
                attributes,
                content);
    }

    private static final AgentEvent TOLD = event(
            EventKind.TOOL_CALL,
            Map.of("cordon.attested", true, "cordon.hook.decision", "allow"),
            Map.of("gen_ai.tool.call.arguments", "{\"command\":\"curl -H token=abcdef1234567890\"}"));
    private static final AgentEvent DECIDED =
            event(EventKind.DECISION, Map.of("cordon.hook.decision", "deny", "cordon.policy.rule", "r"), Map.of());

    @Test
    void wordAndDecisionAreOneRecordUnderTwoProvenances() throws IOException {
        GatewayRig rig = new GatewayRig();
        rig.hooks.keep(List.of(TOLD), List.of(DECIDED), GatewayRig.ADA);
        assertEquals(1, rig.spool.stats().records());
        List<GatewayRig.Stored> stored = rig.events();
        assertEquals(
                List.of("cordon.agent.tool-call", "cordon.hook.decision"),
                stored.stream().map(GatewayRig.Stored::name).toList());
        assertEquals("self-reported", stored.get(0).resource().get("cordon.provenance"));
        assertEquals(false, stored.get(0).attributes().get("cordon.attested"));
        assertEquals("attested", stored.get(1).resource().get("cordon.provenance"));
        assertEquals(true, stored.get(1).attributes().get("cordon.attested"));
        for (GatewayRig.Stored each : stored) {
            assertEquals("s-1", each.text("cordon.session.id"));
            assertEquals("call_1", each.text("gen_ai.tool.call.id"));
            assertEquals("turn", each.text("cordon.turn.id"));
        }
        assertEquals("deny", stored.get(1).text("cordon.hook.decision"));
        assertEquals("r", stored.get(1).text("cordon.policy.rule"));
        assertEquals(GatewayRig.ADA.accountId(), stored.get(1).text("user.id"));
    }

    @Test
    void contentIsKeptAsThePolicySays() throws IOException {
        GatewayRig rig = new GatewayRig();
        rig.hooks.keep(List.of(TOLD), List.of(), GatewayRig.ADA);
        assertFalse(rig.events().get(0).text("gen_ai.tool.call.arguments").contains("abcdef1234567890"));
        GatewayRig none = new GatewayRig().capturing(ArgumentCapture.NONE);
        none.hooks.keep(List.of(TOLD), List.of(), GatewayRig.ADA);
        assertFalse(none.events().get(0).attributes().containsKey("gen_ai.tool.call.arguments"));
    }

    @Test
    void whoTellsTooMuchIsCutOffButDecisionsStay() throws IOException {
        GatewayRig rig = new GatewayRig().capturing(ArgumentCapture.FULL);
        AgentEvent large = event(EventKind.PROMPT, Map.of(), Map.of("gen_ai.prompt", "x".repeat(60_000)));
        for (int i = 0; i < 200; i++) {
            rig.hooks.keep(List.of(large), List.of(DECIDED), GatewayRig.ADA);
        }
        List<GatewayRig.Stored> stored = rig.events();
        assertEquals(
                200,
                stored.stream().filter(each -> each.name().endsWith("decision")).count());
        assertTrue(
                stored.stream().filter(each -> each.name().endsWith("prompt")).count() < 150);
        rig.pipeline.reportDropped();
        assertTrue(rig.stored().stream()
                .anyMatch(each -> each.attributes().containsKey("cordon.dropped.hook-over-budget.records")));
    }
}
