package dev.longshore.scan.scanning;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How patient scans are. */
@ConfigMapping(prefix = "longshore.scans")
public interface ScanConfig {

    /** When a failed scan is tried again first; the pause doubles with each further failure. */
    @WithDefault("30s")
    Duration retryAfter();

    /** The longest of these pauses. */
    @WithDefault("1h")
    Duration retryAtMost();
}
