package io.cordon.server.telemetry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Divides the attributes of one request into metadata, which stays with the row, and content, which is stored by its hash. */
final class ContentSplit {
    private final Map<String, byte[]> contents = new HashMap<>();

    /** Content of every row so far, by hash. */
    Map<String, byte[]> contents() {
        return contents;
    }

    /**
     * Splits one list of attributes.
     *
     * @param prefix put before the keys of content, to tell an event's attributes from the span's
     * @param references receives content key to hash
     * @return the metadata; of a key that comes twice the last value counts
     */
    ObjectNode split(List<KeyValue> attributes, String prefix, Map<String, String> references) {
        ObjectNode metadata = JsonNodeFactory.instance.objectNode();
        for (KeyValue attribute : attributes) {
            String key = AttributeJson.clean(attribute.getKey());
            JsonNode value = AttributeJson.of(attribute.getValue());
            if (ContentKeys.isContent(key) || isLong(attribute.getValue(), value)) {
                references.put(prefix + key, keep(value));
            } else {
                metadata.set(key, value);
            }
        }
        return metadata;
    }

    /** Keeps one value as content and returns its hash. */
    String keep(JsonNode value) {
        byte[] bytes = value.toString().getBytes(StandardCharsets.UTF_8);
        String hash = sha256(bytes);
        contents.put(hash, bytes);
        return hash;
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static boolean isLong(AnyValue given, JsonNode value) {
        return switch (given.getValueCase()) {
            case STRING_VALUE, BYTES_VALUE -> value.textValue().length() > ContentKeys.LONGEST_METADATA;
            case ARRAY_VALUE, KVLIST_VALUE -> given.getSerializedSize() > ContentKeys.LONGEST_METADATA;
            default -> false;
        };
    }
}
