package io.cordon.server.investigation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.cordon.server.telemetry.Promoted;
import io.cordon.server.telemetry.SpanRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One command that Cordon ran or refused, from its attested record.
 *
 * @param sessionId of the session at this server, as in the session list
 * @param command the whole command line; null without the permission to read content, or when it was not kept
 * @param refusedConnections connections that the endpoint's egress proxy refused it; the trace says which
 * @param statedReason what the coding agent gave as its reason: self-reported
 */
@Schema(name = "Run")
@JsonInclude(JsonInclude.Include.ALWAYS)
public record RunView(
        @Schema(required = true) String traceId,
        @Schema(required = true) String spanId,
        @Schema(required = true) String sessionId,
        @Schema(required = true) String sessionName,
        @Schema(required = true) String endpointId,
        @Schema(required = true) String hostname,
        @Schema(required = true) String user,
        @Schema(required = true) Instant startedAt,
        @Schema(required = true) double durationMs,
        @Schema(required = true, nullable = true) @Nullable String command,
        @Schema(required = true, nullable = true) @Nullable String executable,
        @Schema(required = true, nullable = true) @Nullable String workingDirectory,

        @Schema(
                required = true,
                enumeration = {"allow", "prompt", "deny"})
        String decision,

        @Schema(required = true, nullable = true) @Nullable String rule,
        @Schema(required = true, nullable = true) @Nullable String reason,
        @Schema(required = true) boolean enforced,
        @Schema(required = true, nullable = true) @Nullable Integer exitCode,
        @Schema(required = true) long refusedConnections,
        @Schema(required = true, nullable = true) @Nullable String policyName,
        @Schema(required = true, nullable = true) @Nullable Integer policyVersion,
        @Schema(required = true, nullable = true) @Nullable String toolCallId,
        @Schema(required = true, nullable = true) @Nullable String statedReason,
        @Schema(required = true) List<String> limitsHit,
        @Schema(required = true, nullable = true) @Nullable String outcome,
        @Schema(required = true) boolean attested) {

    private static final List<String> COMMAND_KEYS = List.of("process.command_args", "process.command_line");

    /** The hash of the span's command line; null when it has none. */
    static @Nullable String commandHash(SpanRecord span) {
        for (String key : COMMAND_KEYS) {
            String hash = span.content().get(key);
            if (hash != null) {
                return hash;
            }
        }
        return null;
    }

    /** @param contents what may be shown, by hash */
    static RunView of(SpanRecord span, Map<String, byte[]> contents, long refusedConnections) {
        Promoted promoted = span.promoted();
        SpanAttributes attributes = SpanAttributes.of(span.attributes());
        String hash = commandHash(span);
        byte[] command = hash == null ? null : contents.get(hash);
        return new RunView(
                span.traceId(),
                span.spanId(),
                span.session() == null ? "" : span.session().key().toString(),
                span.session() == null ? "" : span.session().reported(),
                span.origin().endpointId().toString(),
                SessionView.text(span.origin().hostname()),
                SessionView.text(promoted.user()),
                span.startedAt(),
                span.durationNanos() / 1_000_000.0,
                command == null ? null : CommandText.of(command),
                promoted.executable(),
                attributes.text("process.working_directory"),
                promoted.decision() == null ? "allow" : promoted.decision(),
                promoted.rule(),
                attributes.text("cordon.reason"),
                !Boolean.FALSE.equals(promoted.enforced()),
                promoted.exitCode(),
                refusedConnections,
                promoted.policyName(),
                promoted.policyVersion(),
                promoted.toolCallId(),
                attributes.text("cordon.stated_reason"),
                attributes.texts("cordon.limits_hit"),
                attributes.text("cordon.outcome"),
                span.origin().attested());
    }
}
