package io.cordon.agent.telemetry.gateway.event;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How one vendor names things, and how they are named here. Keys in none of the tables are kept under {@code cordon.original.}
 * so that a newer version's additions are not lost.
 *
 * @param agent the vendor's word
 * @param session keys that hold the session's id, the first that is there counts
 * @param turn keys that hold the turn's
 * @param toolCall keys that hold the tool call's
 * @param names key to the common name
 * @param content key to the common name, for what is content
 * @param left keys that say what is said elsewhere, or nothing
 */
record Vocabulary(
        String agent,
        List<String> session,
        List<String> turn,
        List<String> toolCall,
        Map<String, String> names,
        Map<String, String> content,
        Set<String> left) {
    static final String ORIGINAL = "cordon.original.";
    private static final String VERSION = "cordon.agent.version";

    Vocabulary {
        session = List.copyOf(session);
        turn = List.copyOf(turn);
        toolCall = List.copyOf(toolCall);
        names = Map.copyOf(names);
        content = Map.copyOf(content);
        left = Set.copyOf(left);
    }

    AgentEvent event(EventKind kind, Observation from) {
        return event(kind, from, Map.of());
    }

    /** @param more further attributes, by common name */
    AgentEvent event(EventKind kind, Observation from, Map<String, Object> more) {
        Map<String, Object> attributes = new HashMap<>();
        Map<String, String> texts = new HashMap<>();
        from.attributes().forEach((key, value) -> put(key, value, attributes, texts));
        if (!from.problem().isEmpty()) {
            texts.put("exception.message", from.problem());
        }
        Object version = from.resource().get("service.version");
        if (version != null && !version.equals("")) {
            attributes.put(VERSION, version.toString());
        }
        attributes.putAll(more);
        return new AgentEvent(
                kind,
                agent,
                kind == EventKind.TOOL_RESULT || kind == EventKind.SESSION_END ? from.end() : from.at(),
                first(from, session),
                first(from, turn),
                first(from, toolCall),
                from.traceId(),
                from.spanId(),
                from.name().isEmpty() ? from.scope() : from.name(),
                attributes,
                texts);
    }

    private void put(String key, Object value, Map<String, Object> attributes, Map<String, String> texts) {
        String contentName = content.get(key);
        if (contentName != null) {
            texts.put(contentName, value.toString());
        } else if (!left.contains(key) && !isId(key) && !value.equals("")) {
            attributes.put(names.getOrDefault(key, ORIGINAL + key), value);
        }
    }

    private boolean isId(String key) {
        return session.contains(key) || turn.contains(key) || toolCall.contains(key);
    }

    private static @Nullable String first(Observation from, List<String> keys) {
        return from.first(keys.toArray(String[]::new));
    }
}
