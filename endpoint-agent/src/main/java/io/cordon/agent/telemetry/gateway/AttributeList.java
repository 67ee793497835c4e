package io.cordon.agent.telemetry.gateway;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.List;
import java.util.Map;

/** Attributes by name as OTLP has them. */
final class AttributeList {
    private AttributeList() {}

    /** @param attributes text, Long, Double or Boolean by name */
    static List<KeyValue> of(Map<String, ?> attributes) {
        return attributes.entrySet().stream()
                .map(each -> KeyValue.newBuilder()
                        .setKey(each.getKey())
                        .setValue(value(each.getValue()))
                        .build())
                .toList();
    }

    private static AnyValue value(Object value) {
        AnyValue.Builder built = AnyValue.newBuilder();
        if (value instanceof Boolean flag) {
            return built.setBoolValue(flag).build();
        }
        if (value instanceof Long number) {
            return built.setIntValue(number).build();
        }
        if (value instanceof Double number) {
            return built.setDoubleValue(number).build();
        }
        return built.setStringValue(value.toString()).build();
    }
}
