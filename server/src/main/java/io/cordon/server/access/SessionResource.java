package io.cordon.server.access;

import io.cordon.server.platform.Problem;
import io.cordon.server.platform.ProblemCode;
import io.vertx.core.http.HttpServerRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Signing in and out, and who is signed in. */
@Path("/admin/v1/session")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "session")
public class SessionResource {

    private final Access access;
    private final Sessions sessions;
    private final SignIn signIn;
    private final OidcConfig oidc;

    SessionResource(Access access, Sessions sessions, SignIn signIn, OidcConfig oidc) {
        this.access = access;
        this.sessions = sessions;
        this.signIn = signIn;
        this.oidc = oidc;
    }

    /** How one can sign in. */
    public record Options(@NotNull boolean local, @NotNull Oidc oidc) {
        /** @param loginUrl where the browser goes to sign in with the identity provider */
        public record Oidc(
                @NotNull boolean enabled, @NotNull String loginUrl) {}
    }

    /** A user's name and password. */
    public record Credentials(
            @NotBlank @Size(max = 200) String user,
            @NotBlank @Size(max = 1000) String password) {}

    /** Who is signed in, what that permits, and the anti-forgery token of the session. */
    public record SignedInSession(
            @NotNull String user,
            @NotNull String displayName,
            @NotNull List<Role> roles,
            @NotNull Set<Permission> permissions,
            @NotNull String csrfToken,
            @NotNull Instant expiresAt) {

        static SignedInSession of(Session session) {
            Actor actor = session.actor();
            return new SignedInSession(
                    actor.name(),
                    actor.displayName(),
                    actor.roles().stream().sorted().toList(),
                    actor.permissions(),
                    session.csrfToken(),
                    session.expiresAt());
        }
    }

    @GET
    @Path("/options")
    @Open
    @Operation(operationId = "getSessionOptions")
    public Options options() {
        return new Options(true, new Options.Oidc(oidc.enabled(), OidcResource.PATH));
    }

    @POST
    @Open
    @Operation(operationId = "signIn")
    public RestResponse<SignedInSession> create(
            @Valid @NotNull Credentials credentials, @Context HttpServerRequest http) {
        Sessions.Opened opened = signIn.withPassword(
                credentials.user(), credentials.password(), http.remoteAddress().hostAddress());
        return RestResponse.ResponseBuilder.create(RestResponse.Status.CREATED, SignedInSession.of(opened.session()))
                .cookie(SessionCookie.holding(opened.token()))
                .header("Cache-Control", "no-store")
                .build();
    }

    @GET
    @SignedIn
    @Operation(operationId = "getSession")
    public RestResponse<SignedInSession> get(@CookieParam(SessionCookie.NAME) @Parameter(hidden = true) String token) {
        SignedInSession view = sessions.find(token)
                .map(SignedInSession::of)
                .orElseThrow(() -> Problem.of(
                        ProblemCode.ACCESS_NOT_SIGNED_IN, access.actor().name() + " signed out."));
        return RestResponse.ResponseBuilder.ok(view)
                .header("Cache-Control", "no-store")
                .build();
    }

    @DELETE
    @SignedIn
    @Operation(operationId = "signOut")
    public RestResponse<Void> delete(@CookieParam(SessionCookie.NAME) @Parameter(hidden = true) String token) {
        sessions.close(token);
        return RestResponse.ResponseBuilder.<Void>create(RestResponse.Status.NO_CONTENT)
                .cookie(SessionCookie.cleared())
                .build();
    }
}
