package dev.longshore.gateway.webhook;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What notifications may be like, and how long they are kept. */
@ConfigMapping(prefix = "longshore.webhooks")
public interface WebhookConfig {

    /** A larger body makes a failed delivery. */
    @WithDefault("1M")
    MemorySize largestBody();

    /** Of an even larger one this much is read, and the connection then closed. */
    @WithDefault("16M")
    MemorySize longestRead();

    /** How much of the body is kept of a delivery that failed. */
    @WithDefault("16K")
    MemorySize keptOfFailed();

    /** How long a registry may take to send the body. */
    @WithDefault("10s")
    Duration bodyPatience();

    /** How long the database may take before the registry is asked to come again. */
    @WithDefault("3s")
    Duration databasePatience();

    /** Whether a registry that was given no webhook secret may notify without one. Then anyone who reaches the door may. */
    @WithDefault("false")
    boolean acceptWithoutSecret();

    /** How long deliveries are kept. */
    @WithDefault("14d")
    Duration keptFor();

    /** How long a registry that was removed is still answered 202: Distribution repeats what is refused for ever. */
    @WithDefault("7d")
    Duration removedKnownFor();
}
