package io.cordon.server.access;

import io.cordon.server.platform.Problem;
import io.cordon.server.platform.ProblemCode;
import io.quarkus.oidc.OidcSession;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * The browser comes here to sign in with the identity provider, and comes back here from it. Reached only when the provider
 * has authenticated the person; makes a session like any other, so that expiry, sign-out and anti-forgery are one thing.
 */
@Path(OidcResource.PATH)
public class OidcResource {

    static final String PATH = "/admin/v1/session/oidc";

    private final OidcConfig config;
    private final SignIn signIn;
    private final CurrentIdentityAssociation identity;
    private final OidcSession provider;

    OidcResource(OidcConfig config, SignIn signIn, CurrentIdentityAssociation identity, OidcSession provider) {
        this.config = config;
        this.signIn = signIn;
        this.identity = identity;
        this.provider = provider;
    }

    @GET
    @Open
    @Blocking
    @Operation(hidden = true)
    public RestResponse<Void> signIn() {
        SecurityIdentity who = identity.getIdentity();
        if (!config.enabled() || who.isAnonymous()) {
            throw Problem.of(
                    ProblemCode.PLATFORM_NOT_FOUND, "Sign-in with an identity provider is off (cordon.oidc.enabled).");
        }
        Set<Role> roles = roles(config.roles(), who.getRoles());
        String name = who.getPrincipal().getName();
        // The provider's own cookie has served: our session stands for it from here on.
        Uni<Void> forgotten = provider.logout();
        forgotten.await().atMost(Duration.ofSeconds(10));
        if (roles.isEmpty()) {
            throw Problem.of(
                    ProblemCode.ACCESS_OIDC_NO_ROLE,
                    name + " has no value in the claim " + config.rolesClaim()
                            + " that gives a role: ask an administrator (cordon.oidc.roles).");
        }
        Sessions.Opened opened = signIn.withProvider(new Actor(name, name, roles));
        return RestResponse.ResponseBuilder.<Void>seeOther(URI.create("/"))
                .cookie(SessionCookie.holding(opened.token()))
                .header("Cache-Control", "no-store")
                .build();
    }

    static Set<Role> roles(Map<String, List<String>> mapping, Set<String> claims) {
        EnumSet<Role> roles = EnumSet.noneOf(Role.class);
        mapping.forEach((role, values) -> {
            if (values.stream().anyMatch(claims::contains)) {
                roles.add(Role.of(role));
            }
        });
        return roles;
    }
}
