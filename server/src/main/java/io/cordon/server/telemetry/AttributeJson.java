package io.cordon.server.telemetry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opentelemetry.proto.common.v1.AnyValue;
import java.util.Base64;

/**
 * OTLP values as JSON that PostgreSQL accepts: no NUL characters (its text has none), no NaN or infinity (JSON has none;
 * they become text).
 */
final class AttributeJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private AttributeJson() {}

    static JsonNode of(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> JSON.textNode(clean(value.getStringValue()));
            case BOOL_VALUE -> JSON.booleanNode(value.getBoolValue());
            case INT_VALUE -> JSON.numberNode(value.getIntValue());
            case DOUBLE_VALUE -> ofDouble(value.getDoubleValue());
            case BYTES_VALUE ->
                JSON.textNode(
                        Base64.getEncoder().encodeToString(value.getBytesValue().toByteArray()));
            case ARRAY_VALUE -> {
                ArrayNode array = JSON.arrayNode();
                value.getArrayValue().getValuesList().forEach(each -> array.add(of(each)));
                yield array;
            }
            case KVLIST_VALUE -> {
                ObjectNode object = JSON.objectNode();
                value.getKvlistValue()
                        .getValuesList()
                        .forEach(each -> object.set(clean(each.getKey()), of(each.getValue())));
                yield object;
            }
            // an index into the profiling signal's dictionary has no meaning here (common.proto)
            case STRING_VALUE_STRINDEX, VALUE_NOT_SET -> JSON.nullNode();
        };
    }

    /** The text without NUL characters. */
    static String clean(String text) {
        return text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
    }

    private static JsonNode ofDouble(double value) {
        return Double.isFinite(value) ? JSON.numberNode(value) : JSON.textNode(Double.toString(value));
    }
}
