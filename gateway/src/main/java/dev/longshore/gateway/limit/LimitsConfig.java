package dev.longshore.gateway.limit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How much one caller may ask for. Each gateway counts for itself. */
@ConfigMapping(prefix = "longshore.limits")
public interface LimitsConfig {

    /** The time that the numbers of requests are for, an hour at most; those of SNAP's paths are for an hour. */
    @WithDefault("1m")
    Duration window();

    /** Requests of one who is signed in, whatever sessions and tokens they use. */
    @WithDefault("6000")
    @Min(1)
    long identity();

    /** Requests from one address (of IPv6: one /64), signed in or not. */
    @WithDefault("12000")
    @Min(1)
    long address();

    /** Notifications from one address. They count for nothing else. */
    @WithDefault("60000")
    @Min(1)
    long webhooks();

    /** Calls of SNAP's paths in an hour, of one who is signed in. */
    @WithDefault("1000")
    @Min(1)
    long snap();

    /** Calls of SNAP's paths in an hour, from one address, without a login. */
    @WithDefault("100")
    @Min(1)
    long snapAnonymous();

    /** Requests at once in all; one more is answered 503. Watchers of the progress have a bound of their own. */
    @WithDefault("1024")
    @Min(1)
    int concurrent();

    /** Requests at once of one who is signed in. */
    @WithDefault("128")
    @Min(1)
    int concurrentPerIdentity();

    /** Callers that are counted at once; beyond, those not heard of for longest begin anew. */
    @WithDefault("100000")
    @Min(1)
    long callers();
}
