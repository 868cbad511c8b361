package dev.longshore.kit.token;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Whose tokens a service believes. */
@ConfigMapping(prefix = "longshore.internal-tokens")
public interface InternalTokensConfig {

    /**
     * Where the gateways publish their public keys, separated by commas: a file ({@code file:…}) on the same machine, or
     * {@code https://gateway/.well-known/jwks.json}.
     */
    List<URI> keys();

    /** How often these places are looked at. A key that is not known is looked for at once in a file. */
    @WithDefault("10s")
    Duration refreshEvery();

    /** A token is good for no longer than this, whatever it says itself. */
    @WithDefault("2m")
    Duration longestLife();
}
