package io.cordon.server.fleet;

import io.cordon.server.platform.Cursor;
import io.cordon.server.platform.Problem;
import io.cordon.server.platform.ProblemCode;
import jakarta.ws.rs.QueryParam;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** The filters of the list of coding agents ({@code @BeanParam}). */
public final class AgentFilter {
    private static final Set<String> REFUSALS = Set.of("any", "denied", "unlisted", "too-old", "version-unknown");

    @QueryParam("q")
    @Parameter(description = "part of user, host name, agent or path")
    @Nullable
    String text;

    @QueryParam("user")
    @Parameter(description = "the user, exactly")
    @Nullable
    String user;

    @QueryParam("endpoint")
    @Parameter(description = "id of the endpoint")
    @Nullable
    String endpoint;

    @QueryParam("agent")
    @Parameter(description = "the agent, for example codex or claude-code")
    @Nullable
    String agent;

    @QueryParam("standing")
    @Parameter(
            description = "how it stands with the policy",
            schema =
                    @Schema(
                            type = SchemaType.STRING,
                            enumeration = {"managed", "unmanaged", "unknown"}))
    @Nullable
    String standing;

    @QueryParam("refusal")
    @Parameter(
            description = "why policy does not let it run; any for whatever it does not let run",
            schema =
                    @Schema(
                            type = SchemaType.STRING,
                            enumeration = {"any", "denied", "unlisted", "too-old", "version-unknown"}))
    @Nullable
    String refusal;

    @QueryParam("version")
    @Parameter(description = "the version, exactly")
    @Nullable
    String version;

    AgentQuery query(@Nullable Cursor cursor, int limit) {
        String wanted = given(standing);
        return new AgentQuery(
                given(text),
                given(user),
                endpointId(given(endpoint)),
                given(agent),
                wanted == null ? null : Standing.of(wanted),
                refusal(given(refusal)),
                given(version),
                cursor == null
                        ? null
                        : new AgentQuery.Position(
                                cursor.text(0),
                                cursor.text(1),
                                cursor.uuid(2),
                                Math.toIntExact(bounded(cursor.number(3)))),
                limit);
    }

    private static long bounded(long number) {
        return Math.max(0, Math.min(Integer.MAX_VALUE, number));
    }

    private static @Nullable String given(@Nullable String value) {
        return value == null || value.isBlank() ? null : value.strip();
    }

    private static @Nullable UUID endpointId(@Nullable String value) {
        try {
            return value == null ? null : UUID.fromString(value);
        } catch (IllegalArgumentException e) {
            throw Problem.of(ProblemCode.PLATFORM_INVALID, "endpoint: " + value + " (expected: an id)");
        }
    }

    private static @Nullable String refusal(@Nullable String value) {
        if (value != null && !REFUSALS.contains(value)) {
            throw Problem.of(
                    ProblemCode.PLATFORM_INVALID,
                    "refusal: " + value + " (expected: any, denied, unlisted, too-old or version-unknown)");
        }
        return value;
    }
}
