package io.cordon.server.investigation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The attributes of a stored span, read. */
record SpanAttributes(JsonNode json) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static SpanAttributes of(String stored) {
        return new SpanAttributes(tree(stored));
    }

    static JsonNode tree(String stored) {
        try {
            return JSON.readTree(stored);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("span: not JSON (expected: what was stored)", e);
        }
    }

    /** A JSON object as a map, for an answer. */
    static Map<String, Object> map(JsonNode object) {
        return JSON.convertValue(object, new TypeReference<Map<String, Object>>() {});
    }

    @Nullable
    String text(String key) {
        JsonNode value = json.get(key);
        return value == null || value.isNull() ? null : value.asText();
    }

    List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        json.path(key).forEach(each -> texts.add(each.asText()));
        return texts;
    }
}
