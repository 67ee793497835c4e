package io.cordon.agent.telemetry.gateway;

import com.google.protobuf.InvalidProtocolBufferException;
import io.cordon.agent.os.MemorySenders;
import io.cordon.agent.os.Sender;
import io.cordon.agent.telemetry.HostFacts;
import io.cordon.agent.telemetry.MemorySpool;
import io.cordon.agent.telemetry.Redactor;
import io.cordon.agent.telemetry.gateway.otlp.Export;
import io.cordon.agent.telemetry.gateway.otlp.Receipt;
import io.cordon.policy.model.ArgumentCapture;
import io.cordon.policy.model.Telemetry;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A pipeline over a spool in memory, and what is in that spool, read back. */
final class GatewayRig {
    static final Instant NOW = Instant.parse("2026-11-23T13:20:00Z");
    static final HostFacts HOST = new HostFacts("7f6f1a52-9d1c-4c59-a9a5-2f6d3cbe1a11", "devbox", "linux", "0.1.0");
    static final Sender ADA =
            new Sender("1000", new Sender.Process(4242, 77, "/usr/local/bin/codex", List.of(4242L, 4200L, 1L)));

    final MemorySpool spool = new MemorySpool(64 << 20);
    final MemorySenders processes = new MemorySenders();
    final RecentRuns runs = new RecentRuns(processes, 10);
    final RunReports reports = new RunReports();
    private ArgumentCapture capture = ArgumentCapture.REDACTED;
    private final Redactor[] redactors = new Redactor[ArgumentCapture.values().length];
    private final EventRecords records = new EventRecords(HOST);
    private final Joiner joiner = new Joiner(runs, InstantSource.fixed(NOW));
    private final SenderBudget budget = new SenderBudget(InstantSource.fixed(NOW));
    private final DropCounts dropped = new DropCounts();
    final ExportPipeline pipeline = new ExportPipeline(
            records, joiner, reports, spool, this::redactor, budget, dropped, InstantSource.fixed(NOW));
    final HookEvents hooks = new HookEvents(records, joiner, spool, this::redactor, budget, dropped);

    /** One stored record with its resource's attributes. */
    record Stored(
            String name, Instant at, String traceId, Map<String, Object> attributes, Map<String, Object> resource) {
        String text(String key) {
            Object own = attributes.containsKey(key) ? attributes.get(key) : resource.get(key);
            return String.valueOf(own);
        }
    }

    GatewayRig capturing(ArgumentCapture other) {
        capture = other;
        return this;
    }

    private Redactor redactor() {
        int index = capture.ordinal();
        if (redactors[index] == null) {
            redactors[index] = new Redactor(new Telemetry(capture, List.of(), 30), new byte[32]);
        }
        return redactors[index];
    }

    Receipt take(Export export) {
        return pipeline.take(export, ADA);
    }

    long storedBytes() {
        return spool.stats().bytes();
    }

    /** The agents' events, in the order in which they were stored. */
    List<Stored> events() {
        return stored().stream()
                .filter(each ->
                        each.name().startsWith(JoinedEvent.NAME) || each.name().startsWith(JoinedEvent.ANSWER))
                .toList();
    }

    List<Stored> stored() {
        List<Stored> all = new ArrayList<>();
        for (byte[] record : spool.read(Integer.MAX_VALUE, Long.MAX_VALUE).records()) {
            try {
                for (ResourceLogs group :
                        ExportLogsServiceRequest.parseFrom(record).getResourceLogsList()) {
                    Map<String, Object> resource = map(group.getResource().getAttributesList());
                    group.getScopeLogsList()
                            .forEach(scope -> scope.getLogRecordsList().forEach(log -> all.add(stored(log, resource))));
                }
            } catch (InvalidProtocolBufferException e) {
                throw new AssertionError(e);
            }
        }
        return all;
    }

    private static Stored stored(LogRecord log, Map<String, Object> resource) {
        return new Stored(
                log.getEventName(),
                Instant.ofEpochSecond(0, log.getTimeUnixNano()),
                HexFormat.of().formatHex(log.getTraceId().toByteArray()),
                map(log.getAttributesList()),
                resource);
    }

    private static Map<String, Object> map(List<KeyValue> attributes) {
        Map<String, Object> map = new TreeMap<>();
        attributes.forEach(each -> map.put(each.getKey(), value(each.getValue())));
        return map;
    }

    private static Object value(AnyValue value) {
        return switch (value.getValueCase()) {
            case BOOL_VALUE -> value.getBoolValue();
            case INT_VALUE -> value.getIntValue();
            case DOUBLE_VALUE -> value.getDoubleValue();
            default -> value.getStringValue();
        };
    }
}
