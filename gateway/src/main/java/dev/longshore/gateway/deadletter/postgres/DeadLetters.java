package dev.longshore.gateway.deadletter.postgres;

import dev.longshore.gateway.deadletter.domain.DeadLetter;
import dev.longshore.gateway.deadletter.domain.DeadLetterState;
import dev.longshore.gateway.deadletter.domain.DeadLetterTopic;
import dev.longshore.kit.event.StoredJson;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.hibernate.reactive.mutiny.Mutiny;

/** Dead letters, each once however often its record is read. */
@ApplicationScoped
public class DeadLetters {

    private static final String ADD = """
            insert into dead_letter (id, dead_letter_topic, dead_letter_partition, dead_letter_offset, service, topic, origin,
              message_key, headers, payload, failed_at, state)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'waiting')
            on conflict (dead_letter_topic, dead_letter_partition, dead_letter_offset) do nothing""";
    private static final String COLUMNS =
            "id, dead_letter_topic, origin, message_key, headers, failed_at, state, handled_by, handled_at, payload";
    /** A list shows no payloads, which may be megabytes each. */
    private static final String LISTED = COLUMNS.replace("payload", "'' as payload");
    /** Whoever comes second changes nothing. */
    private static final String HANDLE = """
            update dead_letter set state = :state, handled_by = :by, handled_at = now()
            where id = :id and state = 'waiting'""";

    private static final String PRUNE =
            "delete from dead_letter where id in (select id from dead_letter where failed_at < $1 limit 1000)";

    private final Pool pool;

    DeadLetters(Pool pool) {
        this.pool = pool;
    }

    /** @param offset of the letter on its dead-letter topic */
    public Uni<Void> add(DeadLetter letter, int partition, long offset) {
        var values = Tuple.tuple()
                .addString(letter.id())
                .addString(letter.from().name())
                .addInteger(partition)
                .addLong(offset)
                .addString(letter.from().service())
                .addString(letter.from().topic().topicName())
                .addString(letter.origin())
                .addString(clean(letter.key()))
                .addString(clean(StoredJson.write(letter.headers())))
                .addString(clean(letter.payload()))
                .addOffsetDateTime(letter.failedAt().atOffset(ZoneOffset.UTC));
        return pool.preparedQuery(ADD).execute(values).replaceWithVoid();
    }

    public Uni<Optional<DeadLetter>> find(String id) {
        return pool.preparedQuery("select " + COLUMNS + " from dead_letter where id = $1")
                .execute(Tuple.of(id))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .findFirst()
                        .map(DeadLetters::read));
    }

    /**
     * Newest first, without payloads.
     *
     * @param before id of the last one seen; empty for the first page
     */
    public Uni<List<DeadLetter>> list(
            Optional<String> service,
            Optional<String> topic,
            Optional<DeadLetterState> state,
            String before,
            int limit) {
        var conditions = new ArrayList<String>();
        var values = Tuple.tuple();
        service.ifPresent(
                value -> conditions.add("service = $" + values.addString(value).size()));
        topic.ifPresent(
                value -> conditions.add("topic = $" + values.addString(value).size()));
        state.ifPresent(value ->
                conditions.add("state = $" + values.addString(value.toString()).size()));
        if (!before.isEmpty()) {
            conditions.add("id < $" + values.addString(before).size());
        }
        var where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
        var limited = " order by id desc limit $" + values.addInteger(limit).size();
        return pool.preparedQuery("select " + LISTED + " from dead_letter" + where + limited)
                .execute(values)
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(DeadLetters::read)
                        .toList());
    }

    /** Emits false if someone was faster. */
    public Uni<Boolean> handle(Mutiny.Session transaction, String id, DeadLetterState state, String by) {
        return transaction
                .createNativeQuery(HANDLE)
                .setParameter("id", id)
                .setParameter("state", state.toString())
                .setParameter("by", by)
                .executeUpdate()
                .map(changed -> changed == 1);
    }

    /** Emits how many were removed: at most one portion. */
    public Uni<Integer> pruneFailedBefore(OffsetDateTime limit) {
        return pool.preparedQuery(PRUNE).execute(Tuple.of(limit)).map(rows -> rows.rowCount());
    }

    private static DeadLetter read(Row row) {
        var from = row.getString("dead_letter_topic");
        var state = row.getString("state");
        return new DeadLetter(
                row.getString("id"),
                DeadLetterTopic.parse(from).orElseThrow(() -> new IllegalStateException("No dead letters: " + from)),
                row.getString("origin"),
                row.getString("message_key"),
                StoredJson.readTexts(row.getString("headers")),
                row.getString("payload"),
                row.getOffsetDateTime("failed_at").toInstant(),
                DeadLetterState.parse(state).orElseThrow(() -> new IllegalStateException("No state: " + state)),
                Optional.ofNullable(row.getString("handled_by")),
                Optional.ofNullable(row.getOffsetDateTime("handled_at")).map(OffsetDateTime::toInstant));
    }

    /** PostgreSQL's text holds every character but one, which no event of ours holds unescaped. */
    private static String clean(String text) {
        return text.replace('\0', '?');
    }
}
