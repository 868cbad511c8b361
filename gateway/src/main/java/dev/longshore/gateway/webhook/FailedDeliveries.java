package dev.longshore.gateway.webhook;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the deliveries that nothing could be made of, for as long as they are kept. */
@ApplicationScoped
class FailedDeliveries {

    private final Pool pool;
    private final AtomicLong failed = new AtomicLong();

    FailedDeliveries(Pool pool, MeterRegistry meters) {
        this.pool = pool;
        Gauge.builder("longshore.deliveries.failed", failed, AtomicLong::get)
                .description("Notifications that nothing could be made of, of those still kept")
                .register(meters);
    }

    @Scheduled(every = "10s", delayed = "3s")
    Uni<Void> count() {
        return pool.query("select count(*) from delivery where state = 'failed'")
                .execute()
                .invoke(rows -> failed.set(rows.iterator().next().getLong(0)))
                .replaceWithVoid();
    }
}
