package io.cordon.server.investigation;

import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** The filters of the session list ({@code @BeanParam}). */
public final class SessionFilter {
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
}
