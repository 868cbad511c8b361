package dev.longshore.gateway.deadletter;

import dev.longshore.gateway.deadletter.postgres.DeadLetters;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.stream.StreamSupport;

/** Counts the dead letters that wait, and forgets old ones. Any number of gateways may do it at once. */
@ApplicationScoped
class DeadLetterUpkeep {

    private static final String WAITING = """
            select service, topic, count(*)::double precision as value from dead_letter where state = 'waiting' group by 1, 2""";

    private final Pool pool;
    private final DeadLetters letters;
    private final DeadLetterConfig config;
    private final MultiGauge waiting;
    private final Clock clock = Clock.systemUTC();

    DeadLetterUpkeep(Pool pool, DeadLetters letters, DeadLetterConfig config, MeterRegistry meters) {
        this.pool = pool;
        this.letters = letters;
        this.config = config;
        this.waiting = MultiGauge.builder("longshore.dead.letters.waiting")
                .description("Dead letters that nobody has replayed or dismissed")
                .register(meters);
    }

    @Scheduled(every = "10s", delayed = "3s")
    Uni<Void> count() {
        return pool.query(WAITING)
                .execute()
                .invoke(rows -> waiting.register(
                        StreamSupport.stream(rows.spliterator(), false)
                                .<MultiGauge.Row<?>>map(row -> MultiGauge.Row.of(
                                        Tags.of("service", row.getString("service"), "topic", row.getString("topic")),
                                        row.getDouble("value")))
                                .toList(),
                        true))
                .replaceWithVoid();
    }

    @Scheduled(every = "1h", delayed = "3m")
    Uni<Void> prune() {
        var limit = OffsetDateTime.now(clock).minus(config.keptFor());
        return Multi.createBy()
                .repeating()
                .uni(() -> letters.pruneFailedBefore(limit))
                .until(removed -> removed == 0)
                .collect()
                .last()
                .replaceWithVoid();
    }
}
