package io.cordon.agent.adapters.hook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The JSON that an agent gives its hook, read within bounds. */
final class HookInput {
    private static final int MOST = 1 << 20;
    /** Each becomes an object of a hundred bytes; tools' inputs and outputs have a few hundred. */
    private static final int MOST_VALUES = 20_000;

    private static final int MOST_ID = 256;
    private static final Pattern ABSOLUTE = Pattern.compile("/|[A-Za-z]:[/\\\\]|\\\\\\\\");
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(64)
                            .maxStringLength(MOST)
                            .maxDocumentLength(MOST)
                            .maxNumberLength(64)
                            .maxNameLength(4096)
                            .build())
                    // Of two members of one name another reader could take the other one.
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final ObjectNode node;

    private HookInput(ObjectNode node) {
        this.node = node;
    }

    static HookInput read(String text) throws HookFormException {
        try {
            requireFew(text);
            if (JSON.readTree(text) instanceof ObjectNode object) {
                return new HookInput(object);
            }
            throw new HookFormException("input: not an object");
        } catch (JsonProcessingException e) {
            // Without its source: the message of an error must not show what was given.
            throw new HookFormException("input: " + e.getOriginalMessage());
        }
    }

    private static void requireFew(String text) throws HookFormException, JsonProcessingException {
        // One has two characters at least, with what separates it from the next.
        if (text.length() <= 2 * MOST_VALUES) {
            return;
        }
        int values = 0;
        try (JsonParser parser = JSON.createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                values += token.isStructStart() || token.isScalarValue() ? 1 : 0;
                if (values > MOST_VALUES) {
                    throw new HookFormException("input: more than " + MOST_VALUES + " values");
                }
            }
        } catch (JsonProcessingException e) {
            throw e;
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory cannot fail", e);
        }
    }

    /** An id of at most 256 characters without control characters, or null. */
    @Nullable
    String id(String name) throws HookFormException {
        JsonNode value = node.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        String id = value.textValue();
        if (id == null || id.isEmpty() || id.length() > MOST_ID || id.chars().anyMatch(Character::isISOControl)) {
            throw new HookFormException(name + ": no id (expected: a text of 1 to " + MOST_ID + " characters)");
        }
        return id;
    }

    String needed(String name) throws HookFormException {
        String id = id(name);
        if (id == null) {
            throw new HookFormException(name + ": missing");
        }
        return id;
    }

    /** The text, or null when there is none. */
    @Nullable
    String text(String name) {
        return text(node, name);
    }

    /** The vendor's name of the tool; empty where the event is about none. */
    String tool(String name) {
        String tool = text(name);
        return tool == null ? "" : tool;
    }

    /** The agent's working directory; empty when it tells none that is absolute. */
    String cwd() {
        String cwd = text("cwd");
        return cwd != null && ABSOLUTE.matcher(cwd).lookingAt() ? cwd : "";
    }

    static @Nullable String text(JsonNode object, String name) {
        return object.path(name).textValue();
    }

    /** A value as it may be shown: a text as it is, anything else as JSON; null when there is none. */
    @Nullable
    String shown(String name) {
        return shown(node, name);
    }

    static @Nullable String shown(JsonNode object, String name) {
        JsonNode value = object.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        return value.isTextual() ? value.textValue() : value.toString();
    }

    JsonNode member(String name) {
        return node.path(name);
    }

    /** The object of this name; some vendors give it as text. Empty when there is none. */
    ObjectNode object(String name) throws HookFormException {
        JsonNode value = node.path(name);
        if (value.isTextual()) {
            return read(value.textValue()).node;
        }
        if (value.isMissingNode() || value.isNull()) {
            return JsonNodeFactory.instance.objectNode();
        }
        if (value instanceof ObjectNode object) {
            return object;
        }
        throw new HookFormException(name + ": " + value.getNodeType() + " (expected: an object)");
    }

    /** The texts of a list, of a single text, or none; null when something else is in it. */
    static @Nullable List<String> texts(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return List.of();
        }
        if (value.isTextual()) {
            return List.of(value.textValue());
        }
        if (!value.isArray()) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode each : value) {
            if (!each.isTextual()) {
                return null;
            }
            texts.add(each.textValue());
        }
        return texts;
    }
}
