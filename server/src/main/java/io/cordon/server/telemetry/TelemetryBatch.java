package io.cordon.server.telemetry;

import java.util.List;
import java.util.Map;

/**
 * What is stored together or not at all.
 *
 * @param contents content by its SHA-256 (hexadecimal), each the UTF-8 JSON of an attribute's value
 */
public record TelemetryBatch(List<SpanRecord> spans, List<LogEntry> logs, Map<String, byte[]> contents) {
    public TelemetryBatch {
        spans = List.copyOf(spans);
        logs = List.copyOf(logs);
        contents = Map.copyOf(contents);
    }

    public boolean isEmpty() {
        return spans.isEmpty() && logs.isEmpty();
    }
}
