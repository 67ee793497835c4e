package io.cordon.policy.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.cordon.policy.model.Position;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * A document's text as a tree, with the position of every value. YAML is read as plain data: no anchors, aliases, tags
 * or second documents; member names are given once (SPEC 1.3).
 */
final class DocumentText {

    private static final YAMLFactory YAML = new YAMLFactory();
    private static final JsonFactory JSON = new JsonFactory();

    private final JsonParser parser;
    private final Map<String, Position> positions = new HashMap<>();

    private DocumentText(JsonParser parser) {
        this.parser = parser;
    }

    /** The tree, and where each JSON pointer stands in the text. */
    record Tree(JsonNode root, Map<String, Position> positions) {}

    static Tree parse(byte[] bytes) throws RefusedText {
        if (bytes.length > PolicyDocuments.MAX_BYTES) {
            throw refused(
                    Position.NONE,
                    "",
                    "size: " + bytes.length + " bytes (expected: at most " + PolicyDocuments.MAX_BYTES + ")",
                    "Split the document, for instance into a policy and tightenings.");
        }
        String text = decode(bytes);
        try (JsonParser parser =
                text.stripLeading().startsWith("{") ? JSON.createParser(text) : YAML.createParser(text)) {
            return new DocumentText(parser).document();
        } catch (JsonProcessingException e) {
            throw refused(
                    position(e.getLocation()),
                    "",
                    "text: " + firstLine(e.getOriginalMessage()) + " (expected: YAML or JSON)",
                    "Correct the syntax at this line; indentation and quotes are the usual causes.");
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory failed", e);
        }
    }

    private static String decode(byte[] bytes) throws RefusedText {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw refused(Position.NONE, "", "encoding: not UTF-8 (expected: UTF-8)", "Save the document as UTF-8.");
        }
    }

    private Tree document() throws IOException, RefusedText {
        if (parser.nextToken() == null) {
            throw refused(Position.NONE, "", "text: empty (expected: a document)", "Start with apiVersion and kind.");
        }
        positions.put("", here());
        JsonNode root = value("", 1);
        if (parser.nextToken() != null) {
            throw refused(
                    here(),
                    "",
                    "text: goes on after the document (expected: one document)",
                    "Put each document into a file of its own.");
        }
        return new Tree(root, positions);
    }

    private JsonNode value(String pointer, int depth) throws IOException, RefusedText {
        if (depth > PolicyDocuments.MAX_DEPTH) {
            throw refused(
                    here(),
                    pointer,
                    "depth: more than " + PolicyDocuments.MAX_DEPTH + " (expected: at most " + PolicyDocuments.MAX_DEPTH
                            + ")",
                    "Nest less; no policy needs this depth.");
        }
        refuseYamlReferences(pointer);
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(pointer, depth);
            case START_ARRAY -> array(pointer, depth);
            case VALUE_STRING -> nodes.textNode(parser.getText());
            case VALUE_NUMBER_INT -> nodes.numberNode(parser.getBigIntegerValue());
            case VALUE_NUMBER_FLOAT -> nodes.numberNode(parser.getDecimalValue());
            case VALUE_TRUE, VALUE_FALSE -> nodes.booleanNode(parser.getBooleanValue());
            case VALUE_NULL -> nodes.nullNode();
            default ->
                throw refused(
                        here(),
                        pointer,
                        "text: " + parser.currentToken() + " (expected: a value)",
                        "Write plain data only.");
        };
    }

    private ObjectNode object(String pointer, int depth) throws IOException, RefusedText {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            String member = pointer + "/" + name.replace("~", "~0").replace("/", "~1");
            Position position = here();
            refuseYamlReferences(member);
            Position earlier = positions.putIfAbsent(member, position);
            if (earlier != null) {
                throw refused(
                        position,
                        member,
                        name + ": given again (expected: once; first at line " + earlier.line() + ")",
                        "Remove one of the two, or merge them.");
            }
            parser.nextToken();
            object.set(name, value(member, depth + 1));
        }
        return object;
    }

    private ArrayNode array(String pointer, int depth) throws IOException, RefusedText {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            String item = pointer + "/" + array.size();
            positions.put(item, here());
            array.add(value(item, depth + 1));
        }
        return array;
    }

    private void refuseYamlReferences(String pointer) throws IOException, RefusedText {
        if (!(parser instanceof YAMLParser yaml)) {
            return;
        }
        if (yaml.isCurrentAlias() || yaml.getObjectId() != null) {
            throw refused(
                    here(),
                    pointer,
                    "anchor or alias: " + (yaml.isCurrentAlias() ? "*" + yaml.getText() : "&" + yaml.getObjectId())
                            + " (expected: none)",
                    "Write the value out where it is used; quote a text that starts with * or &.");
        }
        if (yaml.getTypeId() != null) {
            throw refused(
                    here(),
                    pointer,
                    "tag: !" + yaml.getTypeId() + " (expected: none)",
                    "Remove the tag; quote a text that starts with !.");
        }
    }

    private Position here() {
        return position(parser.currentTokenLocation());
    }

    private static Position position(JsonLocation location) {
        return location == null || location.getLineNr() < 1
                ? Position.NONE
                : new Position(location.getLineNr(), Math.max(1, location.getColumnNr()));
    }

    private static String firstLine(String message) {
        String line = message == null
                ? "not readable"
                : message.strip().lines().findFirst().orElse("not readable");
        return line.length() > 200 ? line.substring(0, 200) : line;
    }

    private static RefusedText refused(Position at, String pointer, String message, String remedy) {
        return new RefusedText(new Problem(at.line(), at.column(), pointer, message, remedy));
    }

    /** The text is not even a tree; carries the one problem, and never leaves this package. */
    static final class RefusedText extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Problem problem;

        RefusedText(Problem problem) {
            super(problem.message(), null, false, false);
            this.problem = problem;
        }

        Problem problem() {
            return problem;
        }
    }
}
