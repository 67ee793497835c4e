package io.cordon.agent.telemetry.gateway.event;

import static io.cordon.agent.telemetry.gateway.event.EventKind.*;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Any other program that follows the GenAI conventions. Its logs with a name are kept, its spans by operation. */
final class GenericNormaliser implements Normaliser {
    private static final Vocabulary WORDS = new Vocabulary(
            "unknown",
            List.of("gen_ai.conversation.id", "session.id", "conversation.id"),
            List.of("prompt.id", "turn.id"),
            List.of("gen_ai.tool.call.id", "gen_ai.tool.call_id", "tool_use_id", "call_id"),
            Map.of(
                    "gen_ai.tool.name", "gen_ai.tool.name",
                    "gen_ai.tool.type", "gen_ai.tool.type",
                    "gen_ai.provider.name", "gen_ai.provider.name",
                    "gen_ai.request.model", "gen_ai.request.model",
                    "error.type", "error.type"),
            Map.ofEntries(
                    Map.entry("gen_ai.input.messages", "gen_ai.input.messages"),
                    Map.entry("gen_ai.output.messages", "gen_ai.output.messages"),
                    Map.entry("gen_ai.system_instructions", "gen_ai.system_instructions"),
                    Map.entry("gen_ai.tool.call.arguments", "gen_ai.tool.call.arguments"),
                    Map.entry("gen_ai.tool.call.result", "gen_ai.tool.call.result"),
                    Map.entry("prompt", "gen_ai.prompt"),
                    Map.entry("arguments", "gen_ai.tool.call.arguments"),
                    Map.entry("output", "gen_ai.tool.call.result"),
                    Map.entry("response", "gen_ai.completion"),
                    Map.entry("exception.message", "exception.message"),
                    Map.entry("exception.stacktrace", "exception.stacktrace"),
                    Map.entry("error.message", "exception.message"),
                    Map.entry("user.email", "user.email")),
            Set.of("event.name", "event.timestamp", "gen_ai.operation.name", "gen_ai.tool.definitions"));

    @Override
    public Reading read(Observation seen) {
        return switch (seen.source()) {
            case LOG ->
                seen.name().isEmpty()
                        ? Readings.diagnostic(WORDS, seen)
                        : Readings.of(WORDS.event(Guess.kind(seen.name()), seen));
            case SPAN -> span(seen);
            case SPAN_EVENT ->
                seen.error() ? Readings.of(WORDS.event(ERROR, seen)) : new Reading.Noise("unknown.internal-span");
            case METRIC -> new Reading.Noise(Metrics.NOT_LISTED);
        };
    }

    private static Reading span(Observation seen) {
        if (seen.error()) {
            return Readings.of(WORDS.event(ERROR, seen));
        }
        return switch (String.valueOf(seen.attributes().get("gen_ai.operation.name"))) {
            case "execute_tool" -> Readings.of(WORDS.event(TOOL_CALL, seen));
            case "chat", "generate_content", "text_completion" -> Readings.of(WORDS.event(MODEL_CALL, seen));
            case "invoke_agent" -> Readings.of(WORDS.event(TURN, seen));
            default -> new Reading.Noise("unknown.internal-span");
        };
    }
}
