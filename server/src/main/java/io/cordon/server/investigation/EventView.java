package io.cordon.server.investigation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.cordon.server.telemetry.LogEntry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One event of a session beside its runs.
 *
 * @param id of the record
 * @param kind what happened, for example {@code prompt}, {@code tool-call}, {@code decision}; the record's own name when it is
 *     no event of a coding agent
 * @param agent the coding agent, by what it says
 * @param original what the agent itself calls the event
 * @param decision what was decided: by Cordon in an attested event, else what the agent says
 * @param rule of the policy by which Cordon decided, or asked
 * @param reason why Cordon decided so
 * @param outcome what the agent says came of it
 * @param runId of Cordon's run that it belongs to
 * @param join how well it is known that it does: tool-call, trace, run, process-time or none
 * @param sender the program that reported it, as the endpoint's kernel told: attested
 * @param text the words that say most; null without the permission to read content, or when none were kept
 * @param attested false for everything that a coding agent says
 */
@Schema(name = "SessionEvent")
@JsonInclude(JsonInclude.Include.ALWAYS)
public record EventView(
        @Schema(required = true) String id,
        @Schema(required = true) Instant at,
        @Schema(required = true) String kind,
        @Schema(required = true, nullable = true) @Nullable String agent,
        @Schema(required = true, nullable = true) @Nullable String original,
        @Schema(required = true, nullable = true) @Nullable String traceId,
        @Schema(required = true, nullable = true) @Nullable String toolCallId,
        @Schema(required = true, nullable = true) @Nullable String tool,
        @Schema(required = true, nullable = true) @Nullable String model,
        @Schema(required = true, nullable = true) @Nullable String decision,
        @Schema(required = true, nullable = true) @Nullable String rule,
        @Schema(required = true, nullable = true) @Nullable String reason,
        @Schema(required = true, nullable = true) @Nullable String outcome,
        @Schema(required = true, nullable = true) @Nullable String runId,
        @Schema(required = true) String join,
        @Schema(required = true, nullable = true) @Nullable String sender,
        @Schema(required = true, nullable = true) @Nullable String text,
        @Schema(required = true) boolean attested) {

    private static final List<String> PREFIXES = List.of(LogEntry.AGENT_EVENT, LogEntry.HOOK_EVENT);
    /** Characters shown; all of it is with the trace. */
    private static final int LONGEST_TEXT = 2000;

    private static final List<String> TEXTS = List.of(
            "gen_ai.prompt",
            "gen_ai.completion",
            "exception.message",
            "gen_ai.tool.call.result",
            "gen_ai.tool.call.arguments",
            "gen_ai.tool.call.arguments.summary",
            "gen_ai.output.messages",
            "gen_ai.input.messages");

    /** @param contents what may be shown, by hash */
    static EventView of(LogEntry log, Map<String, byte[]> contents) {
        SpanAttributes attributes = SpanAttributes.of(log.attributes());
        String name = SessionView.text(log.eventName());
        String join = attributes.text("cordon.join");
        return new EventView(
                log.hash(),
                log.at(),
                kind(name),
                attributes.text("cordon.agent.name"),
                attributes.text("cordon.original.name"),
                log.traceId(),
                log.promoted().toolCallId(),
                attributes.text("gen_ai.tool.name"),
                attributes.text("gen_ai.request.model"),
                attributes.text(log.origin().attested() ? "cordon.hook.decision" : "cordon.agent.decision"),
                attributes.text("cordon.policy.rule"),
                attributes.text("cordon.reason"),
                outcome(attributes),
                attributes.text("cordon.run.id"),
                join == null ? "none" : join,
                attributes.text("resource.cordon.sender.executable"),
                text(log, contents),
                log.origin().attested());
    }

    private static String kind(String name) {
        return PREFIXES.stream()
                .filter(name::startsWith)
                .findFirst()
                .map(prefix -> name.substring(prefix.length()))
                .orElse(name);
    }

    private static @Nullable String outcome(SpanAttributes attributes) {
        String sandbox = attributes.text("cordon.agent.sandbox.outcome");
        if (sandbox != null) {
            return sandbox;
        }
        String success = attributes.text("cordon.agent.success");
        if (success != null) {
            return Boolean.parseBoolean(success) ? "succeeded" : "failed";
        }
        return attributes.text("cordon.ask.outcome");
    }

    private static @Nullable String text(LogEntry log, Map<String, byte[]> contents) {
        for (String key : TEXTS) {
            String hash = log.content().get(key);
            byte[] value = hash == null ? null : contents.get(hash);
            if (value != null) {
                String text = CommandText.of(value);
                return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
            }
        }
        return null;
    }
}
