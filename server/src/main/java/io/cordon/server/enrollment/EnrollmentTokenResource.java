package io.cordon.server.enrollment;

import io.cordon.server.access.CommandGate;
import io.cordon.server.access.Permission;
import io.cordon.server.access.Requires;
import io.cordon.server.platform.Cursor;
import io.cordon.server.platform.Page;
import io.cordon.server.platform.PageRequest;
import io.cordon.server.platform.Problem;
import io.cordon.server.platform.ProblemCode;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Enrollment tokens for administrators. */
@Path("/admin/v1/enrollment-tokens")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "enrollment")
public class EnrollmentTokenResource {

    private static final String GROUP = "[a-z0-9][a-z0-9._-]{0,62}";
    private static final String TAG_KEY = "[a-z0-9][a-z0-9._-]{0,30}";
    private static final String TAG_VALUE = "[A-Za-z0-9][A-Za-z0-9._-]{0,62}";

    private final EnrollmentTokens tokens;
    private final Authorities authorities;
    private final EnrollmentConfig config;
    private final CommandGate gate;
    private final InstantSource clock;

    EnrollmentTokenResource(
            EnrollmentTokens tokens,
            Authorities authorities,
            EnrollmentConfig config,
            CommandGate gate,
            InstantSource clock) {
        this.tokens = tokens;
        this.authorities = authorities;
        this.config = config;
        this.gate = gate;
        this.clock = clock;
    }

    /** A token that is wanted. @param expiresInHours 24 when absent */
    public record NewToken(
            @NotNull @Pattern(regexp = GROUP) String group,
            @Nullable @Size(max = 20) Map<@Pattern(regexp = TAG_KEY) String, @Pattern(regexp = TAG_VALUE) String> tags,
            @Nullable @Min(1) Integer expiresInHours,
            @NotBlank @Size(max = 1000) String reason) {}

    /** A token just made; {@code token} is shown this once. */
    public record CreatedToken(
            @NotNull String id,
            @NotNull String token,
            @NotNull String group,
            @NotNull Map<String, String> tags,
            @NotNull Instant expiresAt) {}

    /** A token in the list. @param usedBy the endpoint that it enrolled */
    public record TokenView(
            @NotNull String id,
            @NotNull String group,
            @NotNull Map<String, String> tags,
            @NotNull String createdBy,
            @NotNull Instant createdAt,
            @NotNull Instant expiresAt,
            @NotNull TokenState state,
            @Nullable UUID usedBy) {}

    @POST
    @Requires(Permission.ENROLLMENT_MANAGE)
    @Operation(operationId = "createEnrollmentToken")
    public RestResponse<CreatedToken> create(@Valid @NotNull NewToken wanted) {
        CreateEnrollmentToken.Created created = gate.run(new CreateEnrollmentToken(
                tokens,
                authorities.pin(),
                wanted.group(),
                wanted.tags() == null ? Map.of() : wanted.tags(),
                validity(wanted.expiresInHours()),
                clock.instant(),
                wanted.reason()));
        EnrollmentToken token = created.token();
        return RestResponse.ResponseBuilder.create(
                        RestResponse.Status.CREATED,
                        new CreatedToken(
                                token.id(), created.text().text(), token.group(), token.tags(), token.expiresAt()))
                .header("Cache-Control", "no-store")
                .build();
    }

    private Duration validity(@Nullable Integer hours) {
        Duration validity = hours == null ? config.tokenValidity() : Duration.ofHours(hours);
        if (validity.compareTo(config.tokenValidityMax()) > 0) {
            throw Problem.of(
                    ProblemCode.PLATFORM_INVALID,
                    "expiresInHours: " + hours + " (expected: at most "
                            + config.tokenValidityMax().toHours() + ")");
        }
        return validity;
    }

    /** Newest first. */
    @GET
    @Requires(Permission.ENROLLMENT_READ)
    @Operation(operationId = "listEnrollmentTokens")
    public Page<TokenView> list(@BeanParam PageRequest page) {
        int limit = page.limit();
        Instant now = clock.instant();
        List<EnrollmentToken> rows = tokens.list(page.cursor(2), limit + 1);
        return Page.of(rows, limit, last -> Cursor.of(last.createdAt(), last.id()))
                .map(token -> new TokenView(
                        token.id(),
                        token.group(),
                        token.tags(),
                        token.createdBy(),
                        token.createdAt(),
                        token.expiresAt(),
                        token.state(now),
                        token.usedBy()));
    }

    @DELETE
    @Path("/{id}")
    @Requires(Permission.ENROLLMENT_MANAGE)
    @Operation(operationId = "revokeEnrollmentToken")
    public void revoke(@PathParam("id") String id, @QueryParam("reason") @Nullable String reason) {
        gate.run(new RevokeEnrollmentToken(tokens, id, clock.instant(), reason == null ? "" : reason));
    }
}
