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
                    Map<String, Object> root = attributes(span.getAttributesList());
                    root.put(
                            "traceId",
                            HexFormat.of().formatHex(span.getTraceId().toByteArray()));
                    root.put("spans", spans.stream().map(Span::getName).sorted().toList());
                    root.put("commands", commands(spans));
                    roots.add(root);
                }
            }
        }
        return roots;
    }

    /** The attempts to get out that have been recorded, oldest first: the attributes, with {@code traceId} and {@code name}. */
    static List<Map<String, Object>> egress(Spool spool) throws IOException {
        List<Map<String, Object>> all = new ArrayList<>();
        for (byte[] record : spool.read(1000, Long.MAX_VALUE).records()) {
            for (Span span : ExportTraceServiceRequest.parseFrom(record)
                    .getResourceSpans(0)
                    .getScopeSpans(0)
                    .getSpansList()) {
                if (span.getName().startsWith("cordon.egress")) {
                    Map<String, Object> attempt = attributes(span.getAttributesList());
                    attempt.put(
                            "traceId",
                            HexFormat.of().formatHex(span.getTraceId().toByteArray()));
                    attempt.put("name", span.getName());
                    all.add(attempt);
                }
            }
        }
        return all;
    }

    /** What the processes of the run executed, as {@code process.command_args} has it; null where it has not. */
    private static List<Object> commands(List<Span> spans) {
        return spans.stream()
                .flatMap(span -> span.getEventsList().stream())
                .filter(event -> event.getName().equals("process.exec"))
                .map(event -> attributes(event.getAttributesList()).get("process.command_args"))
                .toList();
    }

    private static Map<String, Object> attributes(List<KeyValue> list) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        for (KeyValue each : list) {
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
