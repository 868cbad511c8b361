package dev.longshore.gateway.token;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/** The keys that sign tokens for the services, and how long both live. */
@ConfigMapping(prefix = "longshore.proxy")
public interface InternalTokensConfig {

    /**
     * Private key (JWK, ES256) that signs the tokens for the services. Those that follow it lie beside it until they take its
     * place; gateways that share the folder share the keys.
     */
    Path signingKey();

    /** The public halves of all keys (a JWK set), which the services read. */
    Path publishedKeys();

    /** For so long a key signs; then there is a new one. */
    @WithDefault("30d")
    Duration keyLifetime();

    /** A new key is known to the services for so long before it signs, and an old one for so long behind. */
    @WithDefault("2m")
    Duration keyOverlap();

    /** How long such a token is good for. */
    @WithDefault("60s")
    Duration tokenLifetime();

    /** For so long a token is used again for the same caller, address, service and path, if it only reads. */
    @WithDefault("20s")
    Duration tokenReuse();
}
