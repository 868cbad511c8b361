package dev.longshore.kit.work;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.stream.StreamSupport;

/** How much waits in this service's tables: read from them every few seconds, the same in each replica. */
@ApplicationScoped
class StoreMetrics {

    private final Pool pool;
    private final MultiGauge tasks;
    private final MultiGauge outbox;
    private final MultiGauge outboxAge;

    StoreMetrics(Pool pool, MeterRegistry meters) {
        this.pool = pool;
        this.tasks = MultiGauge.builder("longshore.tasks")
                .description("Unfinished tasks")
                .register(meters);
        this.outbox = MultiGauge.builder("longshore.outbox.rows")
                .description("Messages not yet published")
                .register(meters);
        this.outboxAge = MultiGauge.builder("longshore.outbox.oldest.seconds")
                .description("Age of the oldest unpublished message")
                .register(meters);
    }

    @Scheduled(every = "10s", delayed = "2s")
    Uni<Void> read() {
        return pool.query(
                        "select kind, state, count(*) as n from task where state in ('pending', 'running') group by 1, 2")
                .execute()
                .invoke(rows -> tasks.register(
                        StreamSupport.stream(rows.spliterator(), false)
                                .map(row -> MultiGauge.Row.of(
                                        Tags.of("kind", row.getString("kind"), "state", row.getString("state")),
                                        row.getLong("n")))
                                .toList(),
                        true))
                .chain(() -> pool.query("""
                        select s.state, count(o.id) as n, coalesce(extract(epoch from now() - min(o.created_at)), 0)::double precision as age
                        from (values ('pending'), ('parked')) s(state)
                        left join outbox o on (o.parked_because is not null) = (s.state = 'parked') group by 1""").execute())
                .invoke(rows -> {
                    outbox.register(
                            StreamSupport.stream(rows.spliterator(), false)
                                    .map(row -> MultiGauge.Row.of(
                                            Tags.of("state", row.getString("state")), row.getLong("n")))
                                    .toList(),
                            true);
                    outboxAge.register(
                            StreamSupport.stream(rows.spliterator(), false)
                                    .map(row -> MultiGauge.Row.of(
                                            Tags.of("state", row.getString("state")), row.getDouble("age")))
                                    .toList(),
                            true);
                })
                .replaceWithVoid();
    }
}
