package dev.longshore.gateway.proxy;

import dev.longshore.gateway.proxy.domain.Service;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/** How many requests were handed on, to whom, how they were answered and how long it took. */
@ApplicationScoped
class ProxyMetrics {

    private final MeterRegistry meters;

    ProxyMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    void measure(RoutingContext context, Service service) {
        var start = Timer.start(meters);
        context.addEndHandler(_ -> start.stop(Timer.builder("longshore.proxy.requests")
                .description("Requests handed on to services")
                .tag("service", service.toString())
                .tag("status", Integer.toString(context.response().getStatusCode()))
                .register(meters)));
    }
}
