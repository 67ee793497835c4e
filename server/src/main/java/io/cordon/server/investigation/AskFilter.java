package io.cordon.server.investigation;

import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** The filters of the numbers of questions ({@code @BeanParam}). */
public final class AskFilter {
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
}
