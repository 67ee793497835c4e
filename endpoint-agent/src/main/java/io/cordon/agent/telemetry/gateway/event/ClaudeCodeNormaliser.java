package io.cordon.agent.telemetry.gateway.event;

import static io.cordon.agent.telemetry.gateway.event.EventKind.*;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Claude Code (seen: 2.1.330). Its logs hold each event; of its spans the tool calls with the command, and the output of tools,
 * which no log has.
 */
final class ClaudeCodeNormaliser implements Normaliser {
    private static final Vocabulary WORDS = new Vocabulary(
            "claude-code",
            List.of("session.id", "gen_ai.conversation.id"),
            List.of("prompt.id"),
            List.of("tool_use_id", "gen_ai.tool.call.id"),
            Map.ofEntries(
                    Map.entry("tool_name", "gen_ai.tool.name"),
                    Map.entry("gen_ai.tool.name", "gen_ai.tool.name"),
                    Map.entry("model", "gen_ai.request.model"),
                    Map.entry("input_tokens", "gen_ai.usage.input_tokens"),
                    Map.entry("output_tokens", "gen_ai.usage.output_tokens"),
                    Map.entry("decision", "cordon.agent.decision"),
                    Map.entry("source", "cordon.agent.decision.source"),
                    Map.entry("permission_mode", "cordon.agent.permission_mode"),
                    Map.entry("success", "cordon.agent.success"),
                    Map.entry("duration_ms", "cordon.agent.duration_ms"),
                    Map.entry("prompt_length", "cordon.agent.prompt.length"),
                    Map.entry("user.id", "cordon.agent.user.id"),
                    Map.entry("status_code", "http.response.status_code"),
                    Map.entry("mcp_server_name", "mcp.server.name"),
                    Map.entry("server_name", "mcp.server.name")),
            Map.ofEntries(
                    Map.entry("prompt", "gen_ai.prompt"),
                    Map.entry("user_prompt", "gen_ai.prompt"),
                    Map.entry("response", "gen_ai.completion"),
                    Map.entry("tool_input", "gen_ai.tool.call.arguments"),
                    Map.entry("tool_parameters", "gen_ai.tool.call.arguments.summary"),
                    Map.entry("full_command", "gen_ai.tool.call.arguments"),
                    Map.entry("output", "gen_ai.tool.call.result"),
                    Map.entry("error", "exception.message"),
                    Map.entry("error_message", "exception.message"),
                    Map.entry("user.email", "user.email")),
            // prompt_text and bash_command repeat content; the rest repeats ids, the name and the time.
            Set.of(
                    "event.name",
                    "event.timestamp",
                    "prompt_text",
                    "bash_command",
                    "span.type",
                    "tool_name_safe",
                    "gen_ai.provider.name",
                    "gen_ai.operation.name",
                    "gen_ai.system",
                    "gen_ai.request.model",
                    "query_source_safe",
                    "cost_usd_micros"));

    private static final Map<String, EventKind> LOGS = Map.ofEntries(
            Map.entry("user_prompt", PROMPT),
            Map.entry("assistant_response", MODEL_RESPONSE),
            Map.entry("api_request", MODEL_CALL),
            Map.entry("api_error", ERROR),
            Map.entry("api_refusal", ERROR),
            Map.entry("api_retries_exhausted", ERROR),
            Map.entry("internal_error", ERROR),
            Map.entry("tool_decision", DECISION),
            Map.entry("tool_result", TOOL_RESULT),
            Map.entry("permission_mode_changed", PERMISSION),
            Map.entry("mcp_server_connection", MCP),
            Map.entry("plugin_installed", PLUGIN),
            Map.entry("plugin_loaded", PLUGIN),
            Map.entry("skill_activated", PLUGIN),
            Map.entry("hook_registered", HOOK),
            Map.entry("hook_execution_start", HOOK),
            Map.entry("hook_execution_complete", HOOK),
            Map.entry("auth", AUTH),
            Map.entry("managed_settings_resolved", CONFIG),
            Map.entry("subagent_completed", TURN));

    private static final Map<String, EventKind> SPANS = Map.of(
            "claude_code.interaction", TURN,
            "claude_code.tool", TOOL_CALL,
            "claude_code.hook", HOOK);

    private static final Set<String> METRICS =
            Set.of("claude_code.session.count", "claude_code.cost.usage", "claude_code.code_edit_tool.decision");

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
        String name = seen.name().replaceFirst("^claude_code\\.", "");
        if (name.isEmpty()) {
            return Readings.diagnostic(WORDS, seen);
        }
        EventKind known = LOGS.get(name);
        return Readings.of(WORDS.event(known == null ? Guess.kind(name) : known, seen));
    }

    private static Reading span(Observation seen) {
        if (seen.error()) {
            return Readings.of(WORDS.event(ERROR, seen));
        }
        EventKind kind = SPANS.get(seen.name());
        // Model calls, decisions and results are logs as well.
        return kind == null ? new Reading.Noise("claude-code.span-of-log") : Readings.of(WORDS.event(kind, seen));
    }

    private static Reading spanEvent(Observation seen) {
        if (seen.error()) {
            return Readings.of(WORDS.event(ERROR, seen));
        }
        return seen.name().equals("tool.output")
                ? Readings.of(WORDS.event(TOOL_RESULT, seen))
                : new Reading.Noise("claude-code.span-of-log");
    }
}
