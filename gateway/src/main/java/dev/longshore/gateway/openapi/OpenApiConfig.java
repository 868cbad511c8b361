package dev.longshore.gateway.openapi;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How fresh the suite's API document is. */
@ConfigMapping(prefix = "longshore.openapi")
public interface OpenApiConfig {

    /** After so long the services are asked again. */
    @WithDefault("10s")
    Duration keptFor();

    /** How long the slowest service is waited for; of one that is slower, its last document is taken. */
    @WithDefault("1500ms")
    Duration patience();
}
