package io.cordon.agent.broker;

import io.cordon.agent.adapters.hook.HookCall;
import io.cordon.agent.adapters.hook.HookEvent;
import io.cordon.agent.os.LocalRequest;
import io.cordon.agent.os.Sender;
import io.cordon.agent.telemetry.gateway.event.AgentEvent;
import io.cordon.agent.telemetry.gateway.event.EventKind;
import io.cordon.policy.model.Mode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Puts hook calls and decisions on them into the form of agents' events. */
final class HookRecords {
    private HookRecords() {}

    /** What the agent said. */
    static AgentEvent told(HookCall call, Instant at) {
        Map<String, Object> attributes = new TreeMap<>();
        Map<String, String> content = new TreeMap<>();
        if (!call.tool().name().isEmpty()) {
            attributes.put("gen_ai.tool.name", call.tool().name());
        }
        if (!call.input().isEmpty()) {
            content.put("gen_ai.tool.call.arguments", call.input().toString());
        }
        if (call.reason() != null) {
            content.put("cordon.stated_reason", call.reason());
        }
        EventKind kind =
                switch (call.event()) {
                    case SESSION_START -> EventKind.SESSION_START;
                    case PROMPT -> EventKind.PROMPT;
                    case BEFORE_TOOL -> EventKind.TOOL_CALL;
                    case AFTER_TOOL, TOOL_FAILED -> EventKind.TOOL_RESULT;
                    case APPROVAL, REFUSED -> EventKind.PERMISSION;
                    case TURN_END -> EventKind.MODEL_RESPONSE;
                    case SESSION_END -> EventKind.SESSION_END;
                    case ERROR -> EventKind.ERROR;
                    case OTHER -> EventKind.HOOK;
                };
        if (kind == EventKind.TOOL_RESULT) {
            attributes.put("cordon.agent.success", call.event() == HookEvent.AFTER_TOOL);
        }
        if (call.words() != null) {
            content.put(wordsName(kind), call.words());
        }
        return event(kind, call, at, attributes, content);
    }

    private static String wordsName(EventKind kind) {
        return switch (kind) {
            case PROMPT -> "gen_ai.prompt";
            case TOOL_RESULT -> "gen_ai.tool.call.result";
            case MODEL_RESPONSE -> "gen_ai.completion";
            default -> "exception.message";
        };
    }

    /**
     * What was decided on it; the ids are the agent's words here, too.
     *
     * @param user name of the account whose process called the hook
     */
    static AgentEvent decided(
            HookCall call, HookRuling ruling, Verdict verdict, PolicyInForce.Held held, String user, Instant at) {
        Map<String, Object> attributes = decision(ruling.word(), verdict, held, user);
        attributes.put("cordon.hook.answer", ruling.answered());
        attributes.put("gen_ai.tool.name", call.tool().name());
        if (ruling.remembered()) {
            attributes.put("cordon.ask.outcome", "remembered");
        }
        return event(EventKind.DECISION, call, at, attributes, Map.of());
    }

    /** A decision on what could not even be read. */
    static AgentEvent unread(
            String agent, String event, Verdict verdict, PolicyInForce.Held held, String user, Instant at) {
        return new AgentEvent(
                EventKind.DECISION,
                agent,
                at,
                null,
                null,
                null,
                null,
                null,
                "hook:" + event,
                decision("deny", verdict, held, user),
                Map.of());
    }

    private static Map<String, Object> decision(String word, Verdict verdict, PolicyInForce.Held held, String user) {
        Map<String, Object> attributes = new TreeMap<>();
        attributes.put("enduser.id", user);
        attributes.put("cordon.hook.decision", word);
        attributes.put("cordon.policy.rule", verdict.rule());
        attributes.put("cordon.reason", verdict.reason());
        attributes.put("cordon.policy.name", held.policy().name());
        attributes.put("cordon.policy.version", (long) held.policy().revision());
        attributes.put("cordon.enforced", held.policy().mode() == Mode.ENFORCE);
        return attributes;
    }

    /** How a question ended. It is told from what the agent did next, so it is the agent's word. */
    static AgentEvent outcome(AskOutcome outcome, String user, Instant at) {
        IssuedCommand asked = outcome.asked();
        Map<String, Object> attributes = new TreeMap<>();
        attributes.put("enduser.id", user);
        attributes.put("cordon.ask.outcome", outcome.kind().word());
        attributes.put("cordon.ask.duration_ms", Math.max(0, outcome.duration().toMillis()));
        attributes.put("cordon.policy.rule", asked.rule());
        return new AgentEvent(
                EventKind.DECISION,
                asked.agent().word(),
                at,
                asked.session(),
                null,
                asked.toolCall(),
                null,
                null,
                "hook:ask",
                attributes,
                Map.of());
    }

    private static AgentEvent event(
            EventKind kind, HookCall call, Instant at, Map<String, Object> attributes, Map<String, String> content) {
        return new AgentEvent(
                kind,
                call.agent().word(),
                at,
                call.session(),
                call.turn(),
                call.toolCall(),
                null,
                null,
                "hook:" + call.original(),
                attributes,
                content);
    }

    static Sender sender(LocalRequest request) {
        return new Sender(
                request.caller().account().id(),
                new Sender.Process(
                        request.caller().pid(),
                        request.caller().startTime(),
                        request.caller().executable(),
                        List.of()));
    }
}
