package io.cordon.server.investigation;

import io.cordon.server.telemetry.AskQuery;
import jakarta.ws.rs.QueryParam;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** The filters of the numbers of questions ({@code @BeanParam}). */
public final class AskFilter {
    private static final Duration USUAL_PERIOD = Duration.ofDays(7);

    @QueryParam("from")
    @Parameter(description = "from the hour of this time on, RFC 3339; seven days ago when absent")
    @Nullable
    String from;

    @QueryParam("to")
    @Parameter(description = "before the end of the hour of this time, RFC 3339; now when absent")
    @Nullable
    String to;

    @QueryParam("endpoint")
    @Parameter(description = "id of the endpoint")
    @Nullable
    String endpoint;

    @QueryParam("user")
    @Parameter(description = "the user, exactly")
    @Nullable
    String user;

    @QueryParam("agent")
    @Parameter(description = "the coding agent, for example codex or claude-code")
    @Nullable
    String agent;

    /** The period asked for, both ends within an hour that counts whole. */
    record Period(Instant from, Instant to) {}

    Period period(Instant now) {
        Instant end = Given.time("to", to).orElse(now);
        Instant start = Given.time("from", from).orElseGet(() -> end.minus(USUAL_PERIOD));
        if (!start.isBefore(end)) {
            throw Given.invalid("from: " + start + " (expected: before to, " + end + ")");
        }
        return new Period(start, end);
    }

    AskQuery query(Period period, AskQuery.By by, int limit) {
        return new AskQuery(
                period.from(),
                period.to(),
                Given.id("endpoint", endpoint),
                Given.text(user),
                Given.text(agent),
                by,
                limit);
    }
}
