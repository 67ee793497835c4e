package io.cordon.agent.telemetry.gateway.event;

import static io.cordon.agent.telemetry.gateway.event.EventKind.*;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gemini CLI (seen: 0.61.0). Its log of a tool call is decision and result in one, but without the call's id, which only the
 * span has; requests repeat the whole conversation each time and are left to the response.
 */
final class GeminiNormaliser implements Normaliser {
    private static final Vocabulary WORDS = new Vocabulary(
            "gemini",
            List.of("gen_ai.conversation.id", "session.id"),
            List.of("prompt_id"),
            List.of("gen_ai.tool.call_id", "gen_ai.tool.call.id"),
            Map.ofEntries(
                    Map.entry("function_name", "gen_ai.tool.name"),
                    Map.entry("gen_ai.tool.name", "gen_ai.tool.name"),
                    Map.entry("tool_type", "gen_ai.tool.type"),
                    Map.entry("model", "gen_ai.request.model"),
                    Map.entry("input_token_count", "gen_ai.usage.input_tokens"),
                    Map.entry("output_token_count", "gen_ai.usage.output_tokens"),
                    Map.entry("status_code", "http.response.status_code"),
                    Map.entry("decision", "cordon.agent.decision"),
                    Map.entry("approval_mode", "cordon.agent.permission_mode"),
                    Map.entry("success", "cordon.agent.success"),
                    Map.entry("duration_ms", "cordon.agent.duration_ms"),
                    Map.entry("prompt_length", "cordon.agent.prompt.length"),
                    Map.entry("mcp_server_name", "mcp.server.name"),
                    Map.entry("sandbox_enabled", "cordon.agent.sandbox_policy")),
            Map.ofEntries(
                    Map.entry("prompt", "gen_ai.prompt"),
                    Map.entry("function_args", "gen_ai.tool.call.arguments"),
                    Map.entry("function_response", "gen_ai.tool.call.result"),
                    Map.entry("response_text", "gen_ai.completion"),
                    Map.entry("request_text", "gen_ai.prompt"),
                    Map.entry("gen_ai.input.messages", "gen_ai.input.messages"),
                    Map.entry("gen_ai.output.messages", "gen_ai.output.messages"),
                    Map.entry("error", "exception.message"),
                    Map.entry("error.message", "exception.message"),
                    Map.entry("error_message", "exception.message"),
                    Map.entry("user.email", "user.email")),
            Set.of(
                    "event.name",
                    "event.timestamp",
                    "gen_ai.agent.description",
                    "gen_ai.system_instructions",
                    "gen_ai.tool.definitions",
                    "gen_ai.tool.description",
                    "gen_ai.operation.name",
                    "gen_ai.agent.name",
                    "http.status_code",
                    "reasoning"));

    private static final Map<String, EventKind> LOGS = Map.ofEntries(
            Map.entry("gemini_cli.config", SESSION_START),
            Map.entry("gemini_cli.user_prompt", PROMPT),
            Map.entry("gemini_cli.api_response", MODEL_CALL),
            Map.entry("gemini_cli.api_error", ERROR),
            Map.entry("gemini_cli.hook_call", HOOK),
            Map.entry("gemini_cli.agent.start", TURN),
            Map.entry("gemini_cli.agent.finish", TURN),
            Map.entry("gemini_cli.conseca.verdict", DECISION),
            Map.entry("gemini_cli.file_operation", TOOL_RESULT),
            Map.entry("gemini_cli.plan.approval_mode_switch", PERMISSION),
            Map.entry("gemini_cli.plan.approval_mode_duration", PERMISSION));

    private static final Map<String, String> NOISE = Map.of(
            "gemini_cli.startup_stats", "gemini.startup-phase",
            "gemini_cli.model_routing", "gemini.model-routing",
            "gemini_cli.api_request", "gemini.request-copy",
            "gen_ai.client.inference.operation.details", "gemini.request-copy");

    private static final Set<String> METRICS =
            Set.of("gemini_cli.session.count", "gemini_cli.tool.call.count", "gemini_cli.token.usage");

    @Override
    public Reading read(Observation seen) {
        return switch (seen.source()) {
            case LOG -> log(seen);
            case SPAN, SPAN_EVENT -> span(seen);
            case METRIC -> Metrics.read(WORDS, METRICS, seen);
        };
    }

    private static Reading log(Observation seen) {
        if (seen.name().equals("gemini_cli.tool_call")) {
            return new Reading.Events(
                    List.of(WORDS.event(DECISION, seen).withoutContent(), WORDS.event(TOOL_RESULT, seen)));
        }
        if (seen.error()) {
            return Readings.of(WORDS.event(ERROR, seen));
        }
        String noise = NOISE.get(seen.name());
        if (noise != null) {
            return new Reading.Noise(noise);
        }
        EventKind known = LOGS.get(seen.name());
        if (known == null && seen.name().isEmpty()) {
            return Readings.diagnostic(WORDS, seen);
        }
        return Readings.of(WORDS.event(known == null ? Guess.kind(seen.name()) : known, seen));
    }

    private static Reading span(Observation seen) {
        if (seen.error()) {
            return Readings.of(WORDS.event(ERROR, seen));
        }
        return seen.name().equals("tool_call")
                ? Readings.of(WORDS.event(TOOL_CALL, seen))
                : new Reading.Noise("gemini.internal-span");
    }
}
