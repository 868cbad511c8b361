package dev.longshore.gateway.snap;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How SNAP's calls are taken. */
@ConfigMapping(prefix = "longshore.snap")
public interface SnapConfig {

    /** Whether SNAP's paths need no token from this machine. Not with a proxy before the gateway; accounts always need one. */
    @WithDefault("false")
    boolean anonymousFromLoopback();

    /** Whether registries that SNAP's callers make may be at loopback and private addresses. */
    @WithDefault("true")
    boolean allowPrivateAddresses();

    /** For so long a caller waits for a push; the push goes on. */
    @WithDefault("30m")
    Duration patience();
}
