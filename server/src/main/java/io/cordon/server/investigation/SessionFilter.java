package io.cordon.server.investigation;

import io.cordon.server.platform.Cursor;
import io.cordon.server.telemetry.SessionQuery;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** The filters of the session list ({@code @BeanParam}). */
public final class SessionFilter {
    private static final Set<String> DECISIONS = Set.of("allow", "prompt", "deny");

    @QueryParam("q")
    @Parameter(description = "part of the session's name, user, host name or agent")
    @Nullable
    String text;

    @QueryParam("endpoint")
    @Parameter(description = "id of the endpoint")
    @Nullable
    String endpoint;

    @QueryParam("user")
    @Parameter(description = "the user, exactly")
    @Nullable
    String user;

    @QueryParam("decision")
    @Parameter(
            description = "sessions with a run that was so decided",
            schema =
                    @Schema(
                            type = SchemaType.STRING,
                            enumeration = {"allow", "prompt", "deny"}))
    @Nullable
    String decision;

    @QueryParam("from")
    @Parameter(description = "active at or after, RFC 3339")
    @Nullable
    String from;

    @QueryParam("to")
    @Parameter(description = "active before, RFC 3339")
    @Nullable
    String to;

    /**
     * @param oldest from where on when the request does not say
     * @param newest until where when it does not say
     */
    SessionQuery query(Instant oldest, Instant newest, @Nullable Cursor cursor, int limit) {
        return new SessionQuery(
                Given.text(text),
                Given.id("endpoint", endpoint),
                Given.text(user),
                decision(Given.text(decision)),
                Given.time("from", from).orElse(oldest),
                Given.time("to", to).orElse(newest),
                cursor == null ? null : new SessionQuery.Position(cursor.instant(0), cursor.uuid(1)),
                limit);
    }

    private static @Nullable String decision(@Nullable String decision) {
        if (decision != null && !DECISIONS.contains(decision)) {
            throw Given.invalid("decision: " + decision + " (expected: allow, prompt or deny)");
        }
        return decision;
    }
}
