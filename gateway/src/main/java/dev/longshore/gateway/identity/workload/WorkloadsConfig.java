package dev.longshore.gateway.identity.workload;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Workloads that are known by what their platform signs for them. */
@ConfigMapping(prefix = "longshore.workloads")
public interface WorkloadsConfig {

    /** Whether issuers may be at private addresses, and without TLS at loopback ones. */
    @WithDefault("false")
    boolean allowPrivateAddresses();

    /** For so long a token that was looked at is not looked at again, nor are the rules read again. */
    @WithDefault("5s")
    Duration remembered();
}
