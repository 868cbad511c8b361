package dev.longshore.gateway.identity.jwt;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the keys of those who sign tokens are looked after. */
@ConfigMapping(prefix = "longshore.issuers")
public interface IssuersConfig {

    /** After this long they are read again: for so long a key works on that the issuer took back. */
    @WithDefault("15m")
    Duration keysRemembered();

    /** However many tokens name a key that is not known, an issuer is not asked again before. */
    @WithDefault("30s")
    Duration askedAtMostEvery();

    /** How far clocks may differ. */
    @WithDefault("60s")
    Duration leeway();
}
