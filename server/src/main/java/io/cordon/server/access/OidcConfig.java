package io.cordon.server.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sign-in with an OpenID Connect provider (authorization code flow with PKCE). */
@ConfigMapping(prefix = "cordon.oidc")
public interface OidcConfig {

    /** Whether people can sign in with the provider. */
    @WithDefault("false")
    boolean enabled();

    /** The provider's address, below which {@code /.well-known/openid-configuration} is found. */
    Optional<String> issuer();

    /** Client id that the provider knows Cordon by. */
    @WithDefault("cordon")
    String clientId();

    /** Client secret. */
    Optional<String> clientSecret();

    /** Claim of the id token with a person's groups or roles, a path such as {@code realm_access/roles}. */
    @WithDefault("groups")
    String rolesClaim();

    /** For each role the values of the claim that give it, comma-separated: {@code cordon.oidc.roles.analyst=soc,ir}. */
    Map<String, List<String>> roles();
}
