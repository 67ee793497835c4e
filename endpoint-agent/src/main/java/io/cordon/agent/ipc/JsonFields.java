package io.cordon.agent.ipc;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One frame as a JSON object, and its members: each there and of its type, or a {@link ProtocolException}. */
public final class JsonFields {
    /** What a caller sends that is no text travels as lone surrogates, which only an escape can carry. */
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(16)
                    .maxStringLength(Frames.MAX)
                    .build())
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build());

    private JsonFields() {}

    /** @throws ProtocolException for anything that is not one object */
    public static JsonNode object(byte[] frame) throws ProtocolException {
        try {
            JsonNode node = JSON.readTree(frame);
            if (node == null || !node.isObject()) {
                throw new ProtocolException("message: not an object");
            }
            return node;
        } catch (ProtocolException e) {
            throw e;
        } catch (IOException e) {
            throw new ProtocolException("message: " + e.getMessage(), e);
        }
    }

    public static byte[] bytes(ObjectNode message) {
        try {
            return JSON.writeValueAsBytes(message);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values is always JSON", e);
        }
    }

    public static String text(JsonNode node, String name) throws ProtocolException {
        JsonNode value = node.path(name);
        if (!value.isTextual()) {
            throw new ProtocolException(name + ": " + value.getNodeType() + " (expected: text)");
        }
        return value.textValue();
    }

    /** The text, or null where the member is missing or null. */
    public static @Nullable String optional(JsonNode node, String name) throws ProtocolException {
        JsonNode value = node.path(name);
        return value.isMissingNode() || value.isNull() ? null : text(node, name);
    }

    public static long number(JsonNode node, String name) throws ProtocolException {
        JsonNode value = node.path(name);
        if (!value.canConvertToLong() || !value.isIntegralNumber()) {
            throw new ProtocolException(name + ": " + value + " (expected: an integer)");
        }
        return value.longValue();
    }

    public static List<String> texts(JsonNode node, String name) throws ProtocolException {
        JsonNode array = node.path(name);
        if (!array.isArray()) {
            throw new ProtocolException(name + ": " + array.getNodeType() + " (expected: a list of texts)");
        }
        List<String> texts = new ArrayList<>(array.size());
        for (JsonNode value : array) {
            if (!value.isTextual()) {
                throw new ProtocolException(name + ": " + value.getNodeType() + " (expected: text)");
            }
            texts.add(value.textValue());
        }
        return texts;
    }

    /** The members as text; a number or a truth value is shown as JSON shows it. */
    public static Map<String, String> map(JsonNode object) {
        Map<String, String> map = new HashMap<>();
        object.properties()
                .forEach(field -> map.put(field.getKey(), field.getValue().asText()));
        return map;
    }
}
