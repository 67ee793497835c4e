package io.cordon.server.investigation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.cordon.server.telemetry.SessionSummary;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One session in the list.
 *
 * @param id of the session at this server
 * @param name what the endpoint calls the session
 * @param agent the coding agent that reported itself; null when only Cordon saw the session
 * @param runs commands that Cordon ran or refused
 */
@Schema(name = "SessionSummary")
@JsonInclude(JsonInclude.Include.ALWAYS)
public record SessionView(
        @Schema(required = true) String id,
        @Schema(required = true) String name,
        @Schema(required = true) String endpointId,
        @Schema(required = true) String hostname,
        @Schema(required = true) String user,
        @Schema(required = true, nullable = true) @Nullable String agent,
        @Schema(required = true) Instant startedAt,
        @Schema(required = true) Instant lastAt,
        @Schema(required = true) long runs,
        @Schema(required = true) long denied,
        @Schema(required = true) long failed) {

    static SessionView of(SessionSummary summary) {
        return new SessionView(
                summary.session().key().toString(),
                summary.session().reported(),
                summary.endpointId().toString(),
                text(summary.hostname()),
                text(summary.user()),
                summary.agent(),
                summary.startedAt(),
                summary.lastAt(),
                summary.runs(),
                summary.denied(),
                summary.failed());
    }

    static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    /** A session with its newest runs and events, each in the order in which they began. */
    @Schema(name = "SessionDetail")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Detail(
            @Schema(required = true) String id,
            @Schema(required = true) String name,
            @Schema(required = true) String endpointId,
            @Schema(required = true) String hostname,
            @Schema(required = true) String user,

            @Schema(required = true, nullable = true) @Nullable
            String agent,

            @Schema(required = true) Instant startedAt,
            @Schema(required = true) Instant lastAt,
            @Schema(required = true) long denied,
            @Schema(required = true) long failed,
            @Schema(required = true) List<RunView> runs,

            @Schema(required = true, description = "true when the session has older runs than these")
            boolean runsTruncated,

            @Schema(required = true, description = "what the coding agent tells of the session: self-reported")
            List<EventView> events,

            @Schema(required = true, description = "true when the session has older events than these")
            boolean eventsTruncated) {

        static Detail of(
                SessionSummary summary,
                List<RunView> runs,
                boolean runsTruncated,
                List<EventView> events,
                boolean eventsTruncated) {
            SessionView session = SessionView.of(summary);
            return new Detail(
                    session.id(),
                    session.name(),
                    session.endpointId(),
                    session.hostname(),
                    session.user(),
                    session.agent(),
                    session.startedAt(),
                    session.lastAt(),
                    session.denied(),
                    session.failed(),
                    runs,
                    runsTruncated,
                    events,
                    eventsTruncated);
        }
    }
}
