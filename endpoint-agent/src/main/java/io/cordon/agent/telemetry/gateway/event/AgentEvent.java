package io.cordon.agent.telemetry.gateway.event;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One event of a coding agent, as it tells it.
 *
 * @param agent codex, claude-code, gemini, copilot or unknown
 * @param session the agent's own id of the session
 * @param turn the agent's own id of the turn, or of the prompt that began it
 * @param toolCall id of the tool call it is about
 * @param traceId 32 hexadecimal digits
 * @param spanId 16 hexadecimal digits
 * @param original the name that the agent gives the event
 * @param attributes by name: text, Long, Double or Boolean
 * @param content words of people and models, arguments and outputs, by name; kept only as policy says
 */
public record AgentEvent(
        EventKind kind,
        String agent,
        Instant at,
        @Nullable String session,
        @Nullable String turn,
        @Nullable String toolCall,
        @Nullable String traceId,
        @Nullable String spanId,
        String original,
        Map<String, Object> attributes,
        Map<String, String> content) {

    public AgentEvent {
        attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
        content = Collections.unmodifiableMap(new TreeMap<>(content));
    }

    /** The same, of this session. */
    public AgentEvent withSession(String other) {
        return new AgentEvent(kind, agent, at, other, turn, toolCall, traceId, spanId, original, attributes, content);
    }

    /** The same without any content. */
    AgentEvent withoutContent() {
        return only();
    }

    /** The same with only this content. */
    AgentEvent only(String... names) {
        Map<String, String> kept = new TreeMap<>(content);
        kept.keySet().retainAll(Set.of(names));
        return new AgentEvent(kind, agent, at, session, turn, toolCall, traceId, spanId, original, attributes, kept);
    }
}
