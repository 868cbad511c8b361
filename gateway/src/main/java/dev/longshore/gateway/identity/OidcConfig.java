package dev.longshore.gateway.identity;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where people sign in who have no password here. */
@ConfigMapping(prefix = "longshore.oidc")
public interface OidcConfig {

    /** The provider, as its tokens name it; everything else is read from its discovery document. Without one nobody signs in by it. */
    Optional<String> issuer();

    /** The name under which Longshore is registered at the provider. */
    @WithDefault("longshore")
    String clientId();

    /** None for a public client: the code is protected by PKCE in any case. */
    Optional<String> clientSecret();

    /** What is asked for. */
    @WithDefault("openid,profile,email")
    List<String> scopes();

    /** How browsers reach this gateway, for the way back: {@code https://longshore.example.com}. */
    @WithDefault("http://localhost:8000")
    URI publicUrl();

    /** Which claim is the user's name here. */
    @WithDefault("preferred_username")
    String usernameClaim();

    /** Which claim lists the groups; dots lead into objects: {@code realm_access.roles}. */
    @WithDefault("groups")
    String groupsClaim();

    /** Roles in the whole installation by group. Members of projects name groups themselves. */
    Map<String, String> roles();

    /** Whether the provider may be at a loopback or private address, and without TLS there. */
    @WithDefault("false")
    boolean allowPrivateAddresses();

    /** How long signing in at the provider may take. */
    @WithDefault("10m")
    Duration patience();
}
