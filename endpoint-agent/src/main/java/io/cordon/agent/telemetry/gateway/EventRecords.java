package io.cordon.agent.telemetry.gateway;

import io.cordon.agent.os.Sender;
import io.cordon.agent.telemetry.HostFacts;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes records for the spool, each an OTLP {@code ExportLogsServiceRequest}. The resource says what this service saw itself of
 * the sender; everything in the log records is the sender's word. What all of them say alike is said once, by the resource.
 */
final class EventRecords {
    /** Bytes of log records in one spool record, well below the spool's own limit. */
    private static final int MOST_BYTES = 256 << 10;

    private static final String SCOPE = "io.cordon.agent.gateway";

    private final HostFacts host;

    EventRecords(HostFacts host) {
        this.host = host;
    }

    /**
     * @param agent that all of them are from
     * @param logs finished but for what they share
     * @param shared attributes that are the same for all of them
     */
    List<byte[]> reported(String agent, List<LogRecord> logs, Map<String, Object> shared, Sender sender) {
        Map<String, Object> resource = new TreeMap<>(shared);
        resource.putAll(common("self-reported"));
        resource.put("service.name", agent);
        resource.put("cordon.sender.user.id", sender.accountId());
        Sender.Process process = sender.process();
        if (process != null) {
            resource.put("cordon.sender.pid", process.pid());
            resource.put("cordon.sender.start_time", process.startTime());
            resource.put("cordon.sender.executable", process.executable());
        }
        List<byte[]> records = new ArrayList<>();
        List<LogRecord> part = new ArrayList<>();
        int size = 0;
        for (LogRecord log : logs) {
            if (!part.isEmpty() && size + log.getSerializedSize() > MOST_BYTES) {
                records.add(encode(resource, part));
                part.clear();
                size = 0;
            }
            part.add(log);
            size += log.getSerializedSize();
        }
        if (!part.isEmpty()) {
            records.add(encode(resource, part));
        }
        return records;
    }

    /** A record of what this service did itself. */
    byte[] attested(LogRecord log) {
        Map<String, Object> resource = new HashMap<>(common("attested"));
        resource.put("service.name", "cordon-agent");
        resource.put("service.version", host.agentVersion());
        return encode(resource, List.of(log));
    }

    private Map<String, Object> common(String provenance) {
        return Map.of(
                "cordon.provenance", provenance,
                "host.id", host.endpointId(),
                "host.name", host.hostname(),
                "os.type", host.osType(),
                "cordon.gateway.version", host.agentVersion());
    }

    private static byte[] encode(Map<String, Object> resource, List<LogRecord> logs) {
        return ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder()
                        .setResource(Resource.newBuilder().addAllAttributes(AttributeList.of(resource)))
                        .addScopeLogs(ScopeLogs.newBuilder()
                                .setScope(InstrumentationScope.newBuilder().setName(SCOPE))
                                .addAllLogRecords(logs)))
                .build()
                .toByteArray();
    }
}
