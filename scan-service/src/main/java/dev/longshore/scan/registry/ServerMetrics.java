package dev.longshore.scan.registry;

import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/**
 * Quarkus labels the meters of an HTTP server by its port if it was told one. The pass-through takes any free one, and
 * Prometheus refuses meters of one name with other labels: it would never begin to listen.
 */
@Singleton
class ServerMetrics {

    @Produces
    @Singleton
    MeterFilter withoutPorts() {
        return MeterFilter.ignoreTags("server.port");
    }
}
