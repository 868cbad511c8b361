package dev.longshore.gateway.deadletter;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Records that a service could not handle. */
@ConfigMapping(prefix = "longshore.dead-letters")
public interface DeadLetterConfig {

    /** How long they are kept; Kafka keeps its own for 30 days. */
    @WithDefault("30d")
    Duration keptFor();
}
