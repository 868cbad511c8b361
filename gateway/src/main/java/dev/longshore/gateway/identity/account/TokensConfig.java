package dev.longshore.gateway.identity.account;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long the tokens of service accounts are good. */
@ConfigMapping(prefix = "longshore.tokens")
public interface TokensConfig {

    /** For so long where nothing else is said. */
    @WithDefault("90d")
    Duration lifetime();

    /** None is good for longer. */
    @WithDefault("366d")
    Duration longest();

    /** For so long the old token works beside the new one where nothing else is said. */
    @WithDefault("24h")
    Duration overlap();

    /** For so long a token that was looked up is not looked up again: after it was revoked at another gateway it works on for as long. */
    @WithDefault("5s")
    Duration remembered();
}
