package io.cordon.agent.telemetry.gateway.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** OTLP's values as text, Long, Double or Boolean; anything deeper as JSON text. */
final class Values {
    /** Attributes of one record; more are no attributes but an attack, and left out. */
    private static final int MOST = 256;

    private static final int LONGEST_KEY = 256;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Values() {}

    /** Of a key that comes twice the last value counts. */
    static Map<String, Object> of(List<KeyValue> attributes) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (KeyValue attribute : attributes) {
            if (values.size() >= MOST) {
                break;
            }
            String key = attribute.getKey();
            if (!key.isEmpty() && key.length() <= LONGEST_KEY) {
                values.put(key, of(attribute.getValue()));
            }
        }
        return values;
    }

    static Object of(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> value.getStringValue();
            case BOOL_VALUE -> value.getBoolValue();
            case INT_VALUE -> value.getIntValue();
            case DOUBLE_VALUE -> value.getDoubleValue();
            case BYTES_VALUE ->
                Base64.getEncoder().encodeToString(value.getBytesValue().toByteArray());
            case ARRAY_VALUE, KVLIST_VALUE -> json(value).toString();
            // an index into the profiling signal's dictionary has no meaning here (common.proto)
            case STRING_VALUE_STRINDEX, VALUE_NOT_SET -> "";
        };
    }

    /** As deep as protobuf itself lets a message be. */
    private static JsonNode json(AnyValue value) {
        return switch (value.getValueCase()) {
            case ARRAY_VALUE -> {
                ArrayNode array = JSON.arrayNode();
                value.getArrayValue().getValuesList().forEach(each -> array.add(json(each)));
                yield array;
            }
            case KVLIST_VALUE -> {
                ObjectNode object = JSON.objectNode();
                value.getKvlistValue()
                        .getValuesList()
                        .forEach(each -> object.set(each.getKey(), json(each.getValue())));
                yield object;
            }
            case BOOL_VALUE -> JSON.booleanNode(value.getBoolValue());
            case INT_VALUE -> JSON.numberNode(value.getIntValue());
            case STRING_VALUE, DOUBLE_VALUE, BYTES_VALUE, STRING_VALUE_STRINDEX, VALUE_NOT_SET ->
                JSON.textNode(of(value).toString());
        };
    }
}
