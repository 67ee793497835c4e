package io.cordon.agent.broker;

import io.cordon.agent.telemetry.Spool;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what the broker recorded, as the server would. */
final class Records {
    private Records() {}

    /** The root span of each record, oldest first: its attributes, with {@code traceId} and {@code spans}. */
    static List<Map<String, Object>> roots(Spool spool) throws IOException {
        List<Map<String, Object>> roots = new ArrayList<>();
        for (byte[] record : spool.read(1000, Long.MAX_VALUE).records()) {
            List<Span> spans = ExportTraceServiceRequest.parseFrom(record)
                    .getResourceSpans(0)
                    .getScopeSpans(0)
                    .getSpansList();
            for (Span span : spans) {
                if (span.getName().equals("cordon.run")) {
                    Map<String, Object> root = attributes(span);
                    root.put(
                            "traceId",
                            HexFormat.of().formatHex(span.getTraceId().toByteArray()));
                    root.put("spans", spans.stream().map(Span::getName).sorted().toList());
                    root.put(
                            "events",
                            spans.stream().mapToInt(Span::getEventsCount).sum());
                    roots.add(root);
                }
            }
        }
        return roots;
    }

    private static Map<String, Object> attributes(Span span) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        for (KeyValue each : span.getAttributesList()) {
            attributes.put(
                    each.getKey(),
                    switch (each.getValue().getValueCase()) {
                        case STRING_VALUE -> each.getValue().getStringValue();
                        case BOOL_VALUE -> each.getValue().getBoolValue();
                        case INT_VALUE -> each.getValue().getIntValue();
                        case ARRAY_VALUE ->
                            each.getValue().getArrayValue().getValuesList().stream()
                                    .map(value -> value.getStringValue())
                                    .toList();
                        default -> each.getValue().toString();
                    });
        }
        return attributes;
    }
}
