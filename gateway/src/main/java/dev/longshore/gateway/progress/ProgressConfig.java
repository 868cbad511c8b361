package dev.longshore.gateway.progress;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How many may watch, and how slowly. */
@ConfigMapping(prefix = "longshore.progress")
public interface ProgressConfig {

    /** Watchers of one gateway. */
    @WithDefault("256")
    int watchers();

    /** Events that wait for a slow watcher before it is dropped. */
    @WithDefault("128")
    int waiting();

    /** So often a watcher hears that the connection stands, even if nothing happens. */
    @WithDefault("15s")
    Duration heartbeat();

    /** After this long a watcher connects and is authenticated again. */
    @WithDefault("1h")
    Duration longest();
}
