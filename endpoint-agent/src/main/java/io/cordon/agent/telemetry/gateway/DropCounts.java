package io.cordon.agent.telemetry.gateway;

import java.util.Map;
import java.util.TreeMap;

/** What was left out since the last report, by rule. Rules are a fixed set, so this stays small. */
final class DropCounts {
    private final Map<String, Long> records = new TreeMap<>();
    private final Map<String, Long> bytes = new TreeMap<>();

    synchronized void add(String rule, long count, long size) {
        records.merge(rule, count, Long::sum);
        bytes.merge(rule, size, Long::sum);
    }

    synchronized void addAll(DropCounts other) {
        other.records.forEach((rule, count) -> add(rule, count, other.bytes.getOrDefault(rule, 0L)));
    }

    /** Everything so far as attributes; from now on counts from nothing. Give it back with {@link #addAll} if it got lost. */
    synchronized DropCounts take() {
        DropCounts taken = new DropCounts();
        taken.records.putAll(records);
        taken.bytes.putAll(bytes);
        records.clear();
        bytes.clear();
        return taken;
    }

    synchronized boolean isEmpty() {
        return records.isEmpty();
    }

    synchronized Map<String, Object> attributes() {
        Map<String, Object> attributes = new TreeMap<>();
        records.forEach((rule, count) -> attributes.put("cordon.dropped." + rule + ".records", count));
        bytes.forEach((rule, size) -> attributes.put("cordon.dropped." + rule + ".bytes", size));
        return attributes;
    }
}
