package io.cordon.agent.telemetry.gateway.event;

import static io.cordon.agent.telemetry.gateway.event.EventKind.*;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Codex CLI (seen: 0.169.0). Logs are what matters; of the traces, which are internal, only where a tool call is received, the
 * end of the session and what failed.
 */
final class CodexNormaliser implements Normaliser {
    private static final Vocabulary WORDS = new Vocabulary(
            "codex",
            List.of("conversation.id", "thread_id"),
            List.of("turn_id", "turn.id"),
            List.of("call_id"),
            Map.ofEntries(
                    Map.entry("tool_name", "gen_ai.tool.name"),
                    Map.entry("model", "gen_ai.request.model"),
                    Map.entry("provider_name", "gen_ai.provider.name"),
                    Map.entry("decision", "cordon.agent.decision"),
                    Map.entry("source", "cordon.agent.decision.source"),
                    Map.entry("outcome", "cordon.agent.sandbox.outcome"),
                    Map.entry("success", "cordon.agent.success"),
                    Map.entry("duration_ms", "cordon.agent.duration_ms"),
                    Map.entry("http.response.status_code", "http.response.status_code"),
                    Map.entry("approval_policy", "cordon.agent.approval_policy"),
                    Map.entry("sandbox_policy", "cordon.agent.sandbox_policy"),
                    Map.entry("mcp_server", "mcp.server.name"),
                    Map.entry("prompt_length", "cordon.agent.prompt.length")),
            Map.of(
                    "prompt", "gen_ai.prompt",
                    "arguments", "gen_ai.tool.call.arguments",
                    "output", "gen_ai.tool.call.result",
                    "error.message", "exception.message",
                    "user.email", "user.email"),
            // Where in its source an agent logs, and on which thread; the event's name and time, which the record has.
            Set.of(
                    "event.name",
                    "event.timestamp",
                    "slug",
                    "thread.id",
                    "thread.name",
                    "code.file.path",
                    "target",
                    "code.module.name",
                    "code.line.number",
                    "busy_ns",
                    "idle_ns",
                    "level",
                    "tool_namespace"));

    private static final Map<String, EventKind> LOGS = Map.of(
            "codex.conversation_starts", SESSION_START,
            "codex.user_prompt", PROMPT,
            "codex.api_request", MODEL_CALL,
            "codex.websocket_connect", MODEL_CALL,
            "codex.websocket_request", MODEL_CALL,
            "codex.auth_recovery", AUTH,
            "codex.tool_decision", DECISION,
            "codex.tool_result", TOOL_RESULT,
            "codex.sandbox_outcome", SANDBOX);

    private static final Map<String, String> NOISE = Map.of(
            "codex.sse_event", "codex.stream-chunk",
            "codex.websocket_event", "codex.stream-chunk",
            "codex.startup_phase", "codex.startup-phase",
            "codex.turn_ttft", "codex.timing");

    private static final Set<String> METRICS = Set.of(
            "codex.tool.call",
            "codex.turn.network_proxy",
            "codex.hooks.run",
            "codex.thread.started",
            "codex.turn.token_usage");

    @Override
    public Reading read(Observation seen) {
        return switch (seen.source()) {
            case LOG -> log(seen);
            case SPAN -> span(seen);
            case SPAN_EVENT -> spanEvent(seen);
            case METRIC -> Metrics.read(WORDS, METRICS, seen);
        };
    }

    private static Reading log(Observation seen) {
        if (failed(seen)) {
            EventKind kind = LOGS.getOrDefault(seen.name(), ERROR);
            return Readings.of(WORDS.event(kind == MODEL_CALL ? ERROR : kind, seen));
        }
        EventKind kind = LOGS.get(seen.name());
        if (kind != null) {
            return Readings.of(WORDS.event(kind, seen));
        }
        String noise = NOISE.get(seen.name());
        if (noise != null) {
            return new Reading.Noise(noise);
        }
        return seen.name().startsWith("codex.")
                ? Readings.of(WORDS.event(Guess.kind(seen.name()), seen))
                : Readings.diagnostic(WORDS, seen);
    }

    /** Also what is noise as long as it goes well: a stream that breaks off, a phase that does not come up. */
    private static boolean failed(Observation seen) {
        String status = seen.text("http.response.status_code");
        return seen.error()
                || seen.text("error.message") != null
                || "failed".equals(seen.text("startup.status"))
                || "response.failed".equals(seen.text("event.kind"))
                || (status != null && status.compareTo("400") >= 0);
    }

    private static Reading span(Observation seen) {
        if (seen.error()) {
            return Readings.of(WORDS.event(ERROR, seen));
        }
        return seen.name().equals("op.dispatch.shutdown")
                ? Readings.of(WORDS.event(SESSION_END, seen))
                : new Reading.Noise("codex.internal-span");
    }

    private static Reading spanEvent(Observation seen) {
        if (seen.error()) {
            return Readings.of(WORDS.event(ERROR, seen));
        }
        return seen.name().equals("codex.tool_call_received")
                ? Readings.of(WORDS.event(TOOL_CALL, seen))
                : new Reading.Noise("codex.internal-span");
    }
}
