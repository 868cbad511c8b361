package dev.longshore.gateway.limit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;

/** Requests that were refused for being too many, by the limit that they met. */
@ApplicationScoped
class LimitMetrics {

    private final MeterRegistry meters;

    LimitMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    void refused(String limit) {
        Counter.builder("longshore.limit.refused")
                .description("Requests refused for being too many")
                .tag("limit", limit)
                .register(meters)
                .increment();
    }
}
