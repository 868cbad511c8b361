package dev.longshore.kit.projection;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** How topics are made, and which of them this service projects. */
@ConfigMapping(prefix = "longshore.topics")
public interface TopicsConfig {

    /** Copies of each partition: 1 on one machine, 3 in a cluster. */
    @WithDefault("1")
    short replicationFactor();

    /** {@code min.insync.replicas} of each topic: 1 on one machine, 2 in a cluster. */
    @WithDefault("1")
    int minInsyncReplicas();

    /** How long a starting service waits for the broker before it gives up and is started again. */
    @WithDefault("60s")
    Duration patience();

    /** Topics whose copy must be complete before this service is ready. */
    Optional<Set<String>> projected();
}
