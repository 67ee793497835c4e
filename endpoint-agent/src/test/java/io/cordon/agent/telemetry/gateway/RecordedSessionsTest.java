package io.cordon.agent.telemetry.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Message;
import io.cordon.agent.telemetry.gateway.otlp.Export;
import io.cordon.agent.telemetry.gateway.otlp.RecordedExports;
import io.cordon.policy.model.ArgumentCapture;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of the recorded sessions, held against a reader of the recordings that shares nothing with the gateway. */
class RecordedSessionsTest {
    private static final String HOST = "https://mirror.example.invalid/setup.sh";

    private final GatewayRig rig = new GatewayRig();

    private RawSession take(String agent) throws Exception {
        List<Message> messages = RecordedExports.messages(agent);
        messages.forEach(message -> rig.take(Export.of(message)));
        return RawSession.of(messages);
    }

    private List<GatewayRig.Stored> kept(String kind) {
        return rig.events().stream()
                .filter(each -> each.name().equals("cordon.agent." + kind))
                .toList();
    }

    private Set<String> texts(String kind, String key) {
        return kept(kind).stream().map(each -> each.text(key)).collect(Collectors.toSet());
    }

    @Test
    void ofCodexNineteenInTwentyBytesStayHere() throws Exception {
        RawSession raw = take("codex");
        assertTrue(raw.bytes > 600_000, "the whole recording was read: " + raw.bytes);
        assertTrue(rig.storedBytes() * 20 <= raw.bytes, rig.storedBytes() + " of " + raw.bytes + " bytes leave");
    }

    @ParameterizedTest
    @ValueSource(strings = {"codex", "claude-code", "gemini", "copilot"})
    void everyToolCallIsThereWithItsResult(String agent) throws Exception {
        Set<String> calls = take(agent).toolCalls();
        assertEquals(6, calls.size(), calls.toString());
        assertEquals(calls, texts("tool-call", "gen_ai.tool.call.id"));
        assertTrue(kept("tool-result").size() >= 6);
        if (!agent.equals("gemini")) {
            // whose log of a result does not say which call it was
            assertTrue(texts("tool-result", "gen_ai.tool.call.id").containsAll(calls));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "codex, codex.tool_decision, decision",
        "claude-code, tool_decision, decision",
        "gemini, gemini_cli.tool_call, decision"
    })
    void everyDecisionIsThere(String agent, String name, String kind) throws Exception {
        RawSession raw = take(agent);
        assertEquals(6, raw.count("LogRecord", name));
        assertEquals(
                raw.values(name, "decision"),
                kept(kind).stream()
                        .map(each -> each.text("cordon.agent.decision"))
                        .toList());
    }

    @Test
    void whatTheAgentsOwnSandboxDeniedIsThere() throws Exception {
        RawSession raw = take("codex");
        assertEquals(Set.of("denied"), Set.copyOf(raw.values("codex.sandbox_outcome", "outcome")));
        assertEquals(1, kept("sandbox").size());
        GatewayRig.Stored denial = kept("sandbox").get(0);
        assertEquals("denied", denial.text("cordon.agent.sandbox.outcome"));
        assertEquals(raw.values("codex.sandbox_outcome", "call_id").get(0), denial.text("gen_ai.tool.call.id"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"codex", "claude-code", "gemini", "copilot"})
    void theAttemptToReachAnUnknownHostIsThere(String agent) throws Exception {
        take(agent);
        assertTrue(
                rig.events().stream()
                        .anyMatch(each -> String.valueOf(each.attributes().get("gen_ai.tool.call.arguments"))
                                .contains(HOST)),
                "the command that names the host");
    }

    @ParameterizedTest
    @CsvSource({
        "codex, codex.conversation_starts, session-start",
        "claude-code, managed_settings_resolved, config",
        "claude-code, plugin_loaded, plugin",
        "gemini, gemini_cli.config, session-start",
        "gemini, gemini_cli.plan.approval_mode_duration, permission",
        "codex, codex.user_prompt, prompt",
        "claude-code, user_prompt, prompt",
        "gemini, gemini_cli.user_prompt, prompt",
        "claude-code, assistant_response, model-response",
        "codex, codex.api_request, model-call",
        "claude-code, api_request, model-call",
        "gemini, gemini_cli.api_response, model-call",
    })
    void everyEventOfTheseIsThere(String agent, String name, String kind) throws Exception {
        RawSession raw = take(agent);
        long expected = raw.count("LogRecord", name);
        assertTrue(expected > 0, "the recording has " + name);
        assertEquals(
                expected,
                kept(kind).stream()
                        .filter(each -> each.text("cordon.original.name").equals(name))
                        .count());
    }

    @ParameterizedTest
    @ValueSource(strings = {"codex", "claude-code", "gemini", "copilot"})
    void everythingThatSaysItFailedIsThere(String agent) throws Exception {
        // The recorded sessions went well, so that their every record is turned into a failure here, one at a time.
        assertEquals(List.of(), take(agent).errors());
        for (Message message : RecordedExports.messages(agent)) {
            Message failed = Failures.everywhere(message);
            long failures = RawSession.of(List.of(failed)).errors().size();
            GatewayRig fresh = new GatewayRig();
            fresh.take(Export.of(failed));
            assertTrue(
                    fresh.events().size() >= failures,
                    agent + ": " + fresh.events().size() + " events of " + failures + " failures");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"codex", "claude-code", "gemini", "copilot"})
    void whatWasLeftOutIsCountedByRule(String agent) throws Exception {
        RawSession raw = take(agent);
        rig.pipeline.reportDropped();
        Map<String, Long> counts = new TreeMap<>();
        rig.stored().stream()
                .filter(each -> each.name().equals("cordon.gateway.filtered"))
                .forEach(each -> each.attributes().forEach((key, value) -> counts.merge(key, (Long) value, Long::sum)));
        long records = counts.entrySet().stream()
                .filter(each -> each.getKey().endsWith(".records"))
                .mapToLong(Map.Entry::getValue)
                .sum();
        assertTrue(records > 0, counts.toString());
        // each record is either left out and counted, or an event; some are two events
        assertTrue(records + rig.events().size() >= raw.records.size(), counts.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"codex", "claude-code", "gemini", "copilot"})
    void allOfASessionIsOneSession(String agent) throws Exception {
        take(agent);
        Set<String> sessions = rig.events().stream()
                .filter(each -> !each.name().equals("cordon.agent.metric"))
                .map(each -> each.text("cordon.session.id"))
                .collect(Collectors.toSet());
        assertEquals(1, sessions.size(), sessions.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"codex", "claude-code", "gemini", "copilot"})
    void nothingOfItIsAttested(String agent) throws Exception {
        take(agent);
        for (GatewayRig.Stored event : rig.events()) {
            assertEquals(false, event.attributes().get("cordon.attested"));
            assertEquals("self-reported", event.resource().get("cordon.provenance"));
            assertEquals("1000", event.resource().get("cordon.sender.user.id"));
            assertEquals(4242L, event.resource().get("cordon.sender.pid"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"codex", "claude-code", "gemini", "copilot"})
    void withoutContentNoWordOfIt(String agent) throws Exception {
        rig.capturing(ArgumentCapture.NONE);
        take(agent);
        for (GatewayRig.Stored event : rig.events()) {
            assertFalse(event.toString().contains("checkout test fails"), event.toString());
            assertFalse(event.toString().contains("mirror.example.invalid"), event.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"codex", "claude-code", "gemini", "copilot"})
    void theSameExportAgainIsTheSameRecords(String agent) throws Exception {
        for (Message message : RecordedExports.messages(agent)) {
            GatewayRig one = new GatewayRig();
            GatewayRig other = new GatewayRig();
            one.take(Export.of(message));
            other.take(Export.of(message));
            assertEquals(one.stored(), other.stored());
        }
    }
}
