package io.cordon.agent.telemetry.gateway.event;

import static io.cordon.agent.telemetry.gateway.event.EventKind.*;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Copilot CLI (seen: 1.0.102), which tells everything in GenAI spans and their events. */
final class CopilotNormaliser implements Normaliser {
    private static final Vocabulary WORDS = new Vocabulary(
            "copilot",
            List.of("gen_ai.conversation.id", "session.id"),
            List.of("github.copilot.interaction_id", "github.copilot.user.message.interaction_id"),
            List.of("gen_ai.tool.call.id"),
            Map.ofEntries(
                    Map.entry("gen_ai.tool.name", "gen_ai.tool.name"),
                    Map.entry("gen_ai.tool.type", "gen_ai.tool.type"),
                    Map.entry("gen_ai.provider.name", "gen_ai.provider.name"),
                    Map.entry("gen_ai.request.model", "gen_ai.request.model"),
                    Map.entry("gen_ai.usage.input_tokens", "gen_ai.usage.input_tokens"),
                    Map.entry("gen_ai.usage.output_tokens", "gen_ai.usage.output_tokens"),
                    Map.entry("server.address", "server.address"),
                    Map.entry("server.port", "server.port"),
                    Map.entry("error.type", "error.type"),
                    Map.entry("process.exit.code", "cordon.agent.exit_code"),
                    Map.entry("github.copilot.hook.decision", "cordon.agent.decision"),
                    Map.entry("github.copilot.sandbox.outcome", "cordon.agent.sandbox.outcome"),
                    Map.entry("github.copilot.context.mcp_server_names", "mcp.server.name")),
            Map.ofEntries(
                    Map.entry("gen_ai.input.messages", "gen_ai.input.messages"),
                    Map.entry("gen_ai.output.messages", "gen_ai.output.messages"),
                    Map.entry("gen_ai.tool.call.arguments", "gen_ai.tool.call.arguments"),
                    Map.entry("gen_ai.tool.call.result", "gen_ai.tool.call.result"),
                    Map.entry("exception.message", "exception.message"),
                    Map.entry("exception.stacktrace", "exception.stacktrace"),
                    Map.entry("user.email", "user.email")),
            Set.of(
                    "gen_ai.operation.name",
                    "gen_ai.system_instructions",
                    "gen_ai.tool.definitions",
                    "gen_ai.tool.description",
                    "github.copilot.tool.parameters.command",
                    "gen_ai.response.id",
                    "gen_ai.request.stream",
                    "gen_ai.response.model",
                    "process.executable.name"));

    private static final Map<String, EventKind> EVENTS = Map.of("github.copilot.user.message", PROMPT);

    private static final Set<String> METRICS = Set.of(
            "github.copilot.tool.call.count",
            "github.copilot.agent.turn.count",
            "github.copilot.sandbox.operation.count");

    @Override
    public Reading read(Observation seen) {
        return switch (seen.source()) {
            case LOG ->
                seen.name().isEmpty()
                        ? Readings.diagnostic(WORDS, seen)
                        : Readings.of(WORDS.event(Guess.kind(seen.name()), seen));
            case SPAN -> span(seen);
            case SPAN_EVENT -> spanEvent(seen);
            case METRIC -> Metrics.read(WORDS, METRICS, seen);
        };
    }

    private static Reading span(Observation seen) {
        String operation = String.valueOf(seen.attributes().get("gen_ai.operation.name"));
        return switch (operation) {
            case "invoke_agent" -> Readings.of(WORDS.event(seen.error() ? ERROR : TURN, seen));
            case "chat" -> Readings.of(WORDS.event(seen.error() ? ERROR : MODEL_CALL, seen));
            case "execute_tool" -> tool(seen);
            default -> other(seen);
        };
    }

    /** The call and its result; one event says what was asked for, the other what came of it. */
    private static Reading tool(Observation seen) {
        AgentEvent call = WORDS.event(TOOL_CALL, seen).only("gen_ai.tool.call.arguments");
        AgentEvent result = WORDS.event(TOOL_RESULT, seen, Map.of("cordon.agent.success", !seen.error()));
        return new Reading.Events(List.of(call, result.only("gen_ai.tool.call.result", "exception.message")));
    }

    private static Reading other(Observation seen) {
        if (seen.name().startsWith("execute_hook")) {
            return Readings.of(WORDS.event(HOOK, seen));
        }
        return seen.error() ? Readings.of(WORDS.event(ERROR, seen)) : new Reading.Noise("copilot.internal-span");
    }

    private static Reading spanEvent(Observation seen) {
        if (seen.error()) {
            return Readings.of(WORDS.event(ERROR, seen));
        }
        if (seen.name().startsWith("copilot_chat.")) {
            return new Reading.Noise("copilot.legacy-copy");
        }
        if (seen.name().equals("github.copilot.session.usage_info")) {
            return new Reading.Noise("copilot.usage");
        }
        EventKind known = EVENTS.get(seen.name());
        return Readings.of(WORDS.event(known == null ? Guess.kind(seen.name()) : known, seen));
    }
}
