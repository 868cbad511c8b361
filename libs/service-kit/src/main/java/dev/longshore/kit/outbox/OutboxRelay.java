package dev.longshore.kit.outbox;

import dev.longshore.kit.work.Background;
import dev.longshore.kit.work.Notifications;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.jboss.logging.Logger;

/**
 * Publishes the outbox. For each shard, whichever replica of the service holds the shard's advisory lock is its relay.
 *
 * <p>The lock belongs to the connection that reads and deletes the rows, so a relay that lost it can delete nothing.
 * Keys are published side by side, the rows of one key one after another: a row that cannot be published parks its key,
 * not its shard.
 */
@ApplicationScoped
class OutboxRelay {

    private static final Logger LOG = Logger.getLogger(OutboxRelay.class);
    private static final int BATCH = 200;
    private static final int LOCK_NAMESPACE = 0x6f757462;
    private static final Duration ROUND_AT_LEAST_EVERY = Duration.ofSeconds(1);

    private static final String SELECT = """
            select id, topic, message_key, headers, payload from outbox o
            where shard = $1 and parked_because is null
              and not exists (select 1 from outbox p where p.parked_because is not null
                              and p.topic = o.topic and p.message_key = o.message_key and p.id < o.id)
            order by id limit $2""";

    private final Pool pool;
    private final Vertx vertx;
    private final OutboxPublisher publisher;
    private final Background background;
    private final MeterRegistry meters;
    private boolean running;
    private boolean again;
    private volatile boolean stopped;

    OutboxRelay(
            Pool pool,
            Vertx vertx,
            OutboxPublisher publisher,
            Background background,
            Notifications notifications,
            MeterRegistry meters) {
        this.pool = pool;
        this.vertx = vertx;
        this.publisher = publisher;
        this.background = background;
        this.meters = meters;
        notifications.on("outbox", this::wake);
    }

    void start(@Observes StartupEvent event) {
        vertx.setPeriodic(ROUND_AT_LEAST_EVERY.toMillis(), _ -> wake());
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
    }

    /** Starts a round, or another one after the one that is under way. */
    private synchronized void wake() {
        if (stopped) {
            return;
        }
        if (running) {
            again = true;
            return;
        }
        running = true;
        background.start("publish the outbox", () -> round().eventually(this::roundEnded));
    }

    private synchronized void roundEnded() {
        running = false;
        if (again) {
            again = false;
            wake();
        }
    }

    /** Side by side: what one event causes lies in several shards, and the broker's answer is what takes the time. */
    private Uni<Void> round() {
        return pool.withConnection(connection -> connection
                .query("select distinct shard from outbox where parked_because is null")
                .execute()
                .chain(rows -> Multi.createFrom()
                        .iterable(rows)
                        .onItem()
                        .transformToUni(row -> relayIfMine(connection, row.getInteger("shard")))
                        // A shard that fails must not keep another from giving back its lock.
                        .collectFailures()
                        .merge(Outbox.SHARDS)
                        .collect()
                        .last())
                .replaceWithVoid());
    }

    private Uni<Void> relayIfMine(SqlConnection connection, int shard) {
        return connection
                .preparedQuery("select pg_try_advisory_lock($1, $2) as mine")
                .execute(Tuple.of(LOCK_NAMESPACE, shard))
                .chain(rows -> rows.iterator().next().getBoolean("mine")
                        ? drain(connection, shard).eventually(() -> unlock(connection, shard))
                        : Uni.createFrom().voidItem());
    }

    private static Uni<Void> unlock(SqlConnection connection, int shard) {
        return connection
                .preparedQuery("select pg_advisory_unlock($1, $2)")
                .execute(Tuple.of(LOCK_NAMESPACE, shard))
                .replaceWithVoid();
    }

    /** Batch after batch until one comes back short, or could not be published whole. */
    private Uni<Void> drain(SqlConnection connection, int shard) {
        return Multi.createBy()
                .repeating()
                .uni(() -> batch(connection, shard))
                .whilst(published -> published == BATCH && !stopped)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Integer> batch(SqlConnection connection, int shard) {
        return connection
                .preparedQuery(SELECT)
                .execute(Tuple.of((short) shard, BATCH))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(OutboxRow::from)
                        .toList())
                .chain(rows -> publish(connection, rows));
    }

    private Uni<Integer> publish(SqlConnection connection, List<OutboxRow> rows) {
        var byKey = new LinkedHashMap<String, List<OutboxRow>>();
        rows.forEach(row -> byKey.computeIfAbsent(row.topic() + "/" + row.key(), _ -> new ArrayList<>())
                .add(row));
        var round = new Round(new ArrayList<>(), new LinkedHashMap<>());
        return Multi.createFrom()
                .iterable(byKey.values())
                .onItem()
                .transformToUni(ofOneKey -> publishInOrder(ofOneKey, round))
                .merge(64)
                .collect()
                .last()
                .chain(() -> settle(connection, round))
                .replaceWith(() -> round.published().size());
    }

    private record Round(List<Long> published, Map<Long, String> parked) {}

    private Uni<Void> publishInOrder(List<OutboxRow> rows, Round round) {
        return Multi.createFrom()
                .iterable(rows)
                .onItem()
                .transformToUniAndConcatenate(row -> publisher
                        .publish(row)
                        .invoke(() -> {
                            round.published().add(row.id());
                            meters.counter("longshore.outbox.published", "topic", row.topic())
                                    .increment();
                        })
                        .onFailure()
                        .invoke(failure -> parkIfHopeless(row, failure, round)))
                .collect()
                .last()
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    private static void parkIfHopeless(OutboxRow row, Throwable failure, Round round) {
        if (isHopeless(failure)) {
            LOG.errorf(failure, "Parked %s of %s: it cannot be published", row.key(), row.topic());
            round.parked().put(row.id(), String.valueOf(failure.getMessage()));
        } else {
            LOG.warnf("Could not publish to %s for now: %s", row.topic(), failure.getMessage());
        }
    }

    private static boolean isHopeless(Throwable failure) {
        return failure instanceof RecordTooLargeException
                || failure instanceof SerializationException
                || failure instanceof InvalidTopicException;
    }

    private static Uni<Void> settle(SqlConnection connection, Round round) {
        var deleted = round.published().isEmpty()
                ? Uni.createFrom().voidItem()
                : connection
                        .preparedQuery("delete from outbox where id = any($1)")
                        .execute(Tuple.of(round.published().toArray(Long[]::new)))
                        .replaceWithVoid();
        return deleted.chain(() -> Multi.createFrom()
                .iterable(round.parked().entrySet())
                .onItem()
                .transformToUniAndConcatenate(parked -> connection
                        .preparedQuery("update outbox set parked_because = $2 where id = $1")
                        .execute(Tuple.of(parked.getKey(), parked.getValue())))
                .collect()
                .last()
                .replaceWithVoid());
    }
}
