package dev.longshore.gateway.idempotency.postgres;

import dev.longshore.gateway.idempotency.domain.IdempotencyKey;
import dev.longshore.gateway.idempotency.domain.Remembered;
import dev.longshore.gateway.idempotency.domain.Remembered.Answered;
import dev.longshore.kit.event.StoredJson;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Keys of identities for a day, and what was answered. */
@ApplicationScoped
public class IdempotencyKeys {

    private static final String BEGIN =
            "insert into idempotency_key (identity, key, operation) values ($1, $2, $3) on conflict do nothing";
    private static final String FIND = """
            select operation, fingerprint, status, headers, body from idempotency_key where identity = $1 and key = $2""";
    private static final String ANSWER = """
            update idempotency_key set fingerprint = $3, status = $4, headers = $5, body = $6
            where identity = $1 and key = $2""";
    private static final String FORGET = "delete from idempotency_key where identity = $1 and key = $2";

    private final Pool pool;

    IdempotencyKeys(Pool pool) {
        this.pool = pool;
    }

    /** Emits what is remembered of the key, or nothing: then it is now this request's. */
    public Uni<Optional<Remembered>> begin(String identity, IdempotencyKey key, String operation) {
        return pool.preparedQuery(BEGIN)
                .execute(Tuple.of(identity, key.value(), operation))
                .chain(inserted ->
                        inserted.rowCount() == 1 ? Uni.createFrom().item(Optional.empty()) : find(identity, key));
    }

    public Uni<Void> answered(String identity, IdempotencyKey key, Answered answer) {
        return pool.preparedQuery(ANSWER)
                .execute(Tuple.of(
                        identity,
                        key.value(),
                        answer.fingerprint(),
                        answer.status(),
                        StoredJson.write(answer.headers()),
                        Buffer.buffer(answer.body())))
                .replaceWithVoid();
    }

    /** Nothing was done: the same may be tried again under the same key. */
    public Uni<Void> forget(String identity, IdempotencyKey key) {
        return pool.preparedQuery(FORGET)
                .execute(Tuple.of(identity, key.value()))
                .replaceWithVoid();
    }

    @Scheduled(every = "10m", delayed = "4m")
    Uni<Void> prune() {
        return pool.query("delete from idempotency_key where created_at < now() - interval '24 hours'")
                .execute()
                .replaceWithVoid();
    }

    private Uni<Optional<Remembered>> find(String identity, IdempotencyKey key) {
        return pool.preparedQuery(FIND)
                .execute(Tuple.of(identity, key.value()))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .findFirst()
                        .map(IdempotencyKeys::remembered));
    }

    private static Remembered remembered(Row row) {
        var status = row.getInteger("status");
        return new Remembered(
                row.getString("operation"),
                Optional.ofNullable(status)
                        .map(known -> new Answered(
                                row.getString("fingerprint"),
                                known,
                                StoredJson.readTexts(row.getString("headers")),
                                row.getBuffer("body").getBytes())));
    }
}
