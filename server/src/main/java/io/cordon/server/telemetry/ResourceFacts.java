package io.cordon.server.telemetry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a resource says of all its rows, read once for the whole group. */
final class ResourceFacts {
    /** Session keys in the order in which they are believed; GenAI conventions before the programs' own names. */
    private static final List<String> SESSION_KEYS =
            List.of("cordon.session.id", "gen_ai.conversation.id", "session.id", "conversation.id");

    private static final List<String> USER_KEYS = List.of("enduser.id", "user.name", "user.email", "user.id");
    /** Of a run, and of what a coding agent's hook asked. */
    private static final List<String> DECISION_KEYS = List.of("cordon.decision", "cordon.hook.decision");
    /** Held in columns, or the same for every row of a program. */
    private static final Set<String> NOT_REPEATED = Set.of("service.name", "host.name", "host.id", "cordon.provenance");

    private final Origin origin;
    private final ObjectNode attributes;
    private final Map<String, String> content = new HashMap<>();

    ResourceFacts(Resource resource, UUID endpointId, ContentSplit split) {
        attributes = split.split(resource.getAttributesList(), "resource.", content);
        origin = new Origin(
                endpointId,
                text(attributes, "host.name"),
                text(attributes, "service.name"),
                "attested".equals(text(attributes, "cordon.provenance")));
    }

    Origin origin() {
        return origin;
    }

    /**
     * The row's own attributes with the resource's under {@code resource.}; {@code cordon.attested} is left out, since only the
     * column of that name says so.
     */
    ObjectNode merged(ObjectNode own) {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        all.setAll(own);
        all.remove("cordon.attested");
        attributes.properties().forEach(each -> {
            if (!NOT_REPEATED.contains(each.getKey()) && !each.getKey().startsWith("telemetry.sdk.")) {
                all.set("resource." + each.getKey(), each.getValue());
            }
        });
        return all;
    }

    Map<String, String> content() {
        return content;
    }

    @Nullable
    SessionRef session(ObjectNode own) {
        String reported = first(own, SESSION_KEYS);
        return reported == null ? null : SessionRef.of(origin.endpointId(), reported);
    }

    Promoted promoted(ObjectNode own) {
        return new Promoted(
                first(own, USER_KEYS),
                text(own, "cordon.run.id"),
                first(own, DECISION_KEYS),
                flag(own, "cordon.enforced"),
                text(own, "cordon.rule"),
                number(own, "process.exit.code"),
                text(own, "cordon.policy.name"),
                number(own, "cordon.policy.version"),
                text(own, "gen_ai.tool.call.id"),
                text(own, "process.executable.name"));
    }

    private @Nullable String first(ObjectNode own, List<String> keys) {
        for (String key : keys) {
            String found = text(own, key);
            if (found == null) {
                found = text(attributes, key);
            }
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static @Nullable String text(ObjectNode node, String key) {
        JsonNode value = node.get(key);
        if (value == null || !value.isValueNode() || value.isNull()) {
            return null;
        }
        String text = value.asText();
        return text.isEmpty() ? null : shorten(text);
    }

    /** Column texts are bounded, so that an index entry always fits a page. */
    static String shorten(String text) {
        if (text.length() <= 512) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(511)) ? 511 : 512;
        return text.substring(0, end);
    }

    private static @Nullable Boolean flag(ObjectNode node, String key) {
        JsonNode value = node.get(key);
        return value != null && value.isBoolean() ? value.booleanValue() : null;
    }

    private static @Nullable Integer number(ObjectNode node, String key) {
        JsonNode value = node.get(key);
        return value != null && value.canConvertToInt() ? value.intValue() : null;
    }
}
