package dev.longshore.kit.work;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.stream.StreamSupport;

/** How much waits in this service's tables: read from them every few seconds, the same in each replica. */
@ApplicationScoped
class StoreMetrics {

    private static final String TASKS = """
            select kind, case when state = 'pending' and due_at > now() then 'waiting' else state end as state,
                   count(*)::double precision as value
            from task where state in ('pending', 'running') group by 1, 2""";
    private static final String OUTBOX = """
            select s.state, count(o.id)::double precision as value
            from (values ('pending'), ('parked')) s(state)
            left join outbox o on (o.parked_because is not null) = (s.state = 'parked') group by 1""";
    private static final String OUTBOX_AGE = """
            select s.state, coalesce(extract(epoch from now() - min(o.created_at)), 0)::double precision as value
            from (values ('pending'), ('parked')) s(state)
            left join outbox o on (o.parked_because is not null) = (s.state = 'parked') group by 1""";
    private static final String FREEZES = "select scope, 1::double precision as value from freeze_in_force";

    private final Pool pool;
    private final MultiGauge tasks;
    private final MultiGauge outbox;
    private final MultiGauge outboxAge;
    private final MultiGauge freezes;

    StoreMetrics(Pool pool, MeterRegistry meters) {
        this.pool = pool;
        this.tasks = gauge(meters, "longshore.tasks", "Unfinished tasks; those that wait are not due yet");
        this.outbox = gauge(meters, "longshore.outbox.rows", "Messages not yet published");
        this.outboxAge = gauge(meters, "longshore.outbox.oldest.seconds", "Age of the oldest unpublished message");
        this.freezes = gauge(meters, "longshore.freezes.in.force", "1 for each scope that is frozen");
    }

    @Scheduled(every = "10s", delayed = "2s")
    Uni<Void> read() {
        return show(tasks, TASKS, "kind", "state")
                .chain(() -> show(outbox, OUTBOX, "state"))
                .chain(() -> show(outboxAge, OUTBOX_AGE, "state"))
                .chain(() -> show(freezes, FREEZES, "scope"));
    }

    private Uni<Void> show(MultiGauge gauge, String query, String... labels) {
        return pool.query(query)
                .execute()
                .invoke(rows -> gauge.register(
                        StreamSupport.stream(rows.spliterator(), false)
                                .<MultiGauge.Row<?>>map(
                                        row -> MultiGauge.Row.of(tags(row, labels), row.getDouble("value")))
                                .toList(),
                        true))
                .replaceWithVoid();
    }

    private static Tags tags(Row row, String... labels) {
        var tags = Tags.empty();
        for (var label : labels) {
            tags = tags.and(label, row.getString(label));
        }
        return tags;
    }

    private static MultiGauge gauge(MeterRegistry meters, String name, String description) {
        return MultiGauge.builder(name).description(description).register(meters);
    }
}
