package io.cordon.server.telemetry;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One stored log record. OTLP gives log records no id: {@code hash} (SHA-256 of the whole record, hexadecimal) stands in for
 * one, so that a repeated upload stores nothing twice.
 *
 * @param traceId 32 hexadecimal digits, absent when the record belongs to no trace
 * @param severity OTLP severity number, 0 to 24
 * @param attributes a JSON object without any content
 * @param content attribute key, or {@code body}, to the SHA-256 (hexadecimal) of the value kept apart
 */
public record LogEntry(
        Instant at,
        String hash,
        @Nullable String traceId,
        @Nullable String spanId,
        int severity,
        @Nullable String eventName,
        Origin origin,
        @Nullable SessionRef session,
        Promoted promoted,
        String attributes,
        Map<String, String> content) {
    /** Of events that the endpoint's gateway took from coding agents: whatever else is said of them, they are the agents' word. */
    public static final String AGENT_EVENT = "cordon.agent.";
    /** Of what Cordon answered a coding agent's hook. */
    public static final String HOOK_EVENT = "cordon.hook.";

    public LogEntry {
        content = Map.copyOf(content);
    }

    /** Whether Cordon refused what a coding agent's hook asked. */
    public boolean isDeniedHook() {
        return origin.attested() && (HOOK_EVENT + "decision").equals(eventName) && "deny".equals(promoted.decision());
    }
}
