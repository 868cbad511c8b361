package dev.longshore.gateway.door;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What the door lets in. */
@ConfigMapping(prefix = "longshore.door")
public interface DoorConfig {

    /** Largest body of a request to the API; webhooks have a bound of their own. */
    @WithDefault("4M")
    MemorySize largestBody();

    /** Largest archive of a checkpoint, which is streamed through. push-service has a bound of its own. */
    @WithDefault("64G")
    MemorySize largestUpload();
}
