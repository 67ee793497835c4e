package io.cordon.policy.trust;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Locale;

/**
 * Reads metadata so that two readers can never see two meanings (rule T-13): UTF-8 only, no duplicate keys, no floats, no
 * half surrogate pairs, nothing after the value, bounded depth and lengths. Integers of any size up to the bound are exact.
 */
final class StrictJson {
    static final int MAX_DEPTH = 32;
    private static final String STEP = "4.2, T-13";

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(40)
                            .maxNameLength(4096)
                            .maxStringLength(256 * 1024)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private StrictJson() {}

    /** The object in these bytes, or a refusal naming the subject. */
    static ObjectNode parse(byte[] bytes, String subject) throws RejectedException {
        JsonNode node = read(decode(bytes, subject), subject);
        if (!(node instanceof ObjectNode object)) {
            throw format(subject, node.getNodeType().name().toLowerCase(Locale.ROOT), "an object");
        }
        check(object, subject);
        return object;
    }

    private static String decode(byte[] bytes, String subject) throws RejectedException {
        try {
            // Decoded here, because a JSON reader given bytes would also guess UTF-16 and accept overlong forms.
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw format(subject, "bytes that are not UTF-8", "UTF-8");
        }
    }

    private static JsonNode read(String text, String subject) throws RejectedException {
        try (JsonParser parser = MAPPER.createParser(text)) {
            JsonNode node = MAPPER.readTree(parser);
            if (node == null) {
                throw format(subject, "nothing", "an object");
            }
            if (parser.nextToken() != null) {
                throw format(subject, "more than one value", "one object");
            }
            return node;
        } catch (StreamConstraintsException e) {
            throw new RejectedException(
                    Refusal.TOO_LARGE,
                    subject,
                    e.getOriginalMessage(),
                    "depth up to " + MAX_DEPTH + ", short names and numbers",
                    STEP);
        } catch (JsonProcessingException e) {
            throw format(subject, e.getOriginalMessage(), "strict JSON without duplicate keys");
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory failed", e);
        }
    }

    private static void check(JsonNode node, String subject) throws RejectedException {
        if (node.isFloatingPointNumber()) {
            throw format(subject, "number " + node.asText(), "integers only");
        }
        if (node.isTextual()) {
            checkText(node.textValue(), subject);
        }
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            checkText(names.next(), subject);
        }
        for (JsonNode child : node) {
            check(child, subject);
        }
    }

    private static void checkText(String text, String subject) throws RejectedException {
        // A pair comes as one code point beyond the surrogates; only a half is left among them.
        if (text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            throw format(subject, "half a surrogate pair in a string", "Unicode text");
        }
    }

    static RejectedException format(String subject, String found, String expected) {
        return new RejectedException(Refusal.FORMAT, subject, found, expected, STEP);
    }
}
