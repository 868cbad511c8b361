package dev.longshore.gateway.audit.postgres;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;

/** Checkpoints on their way to their places; the last month's stay here too. */
@ApplicationScoped
public class CheckpointTable {

    /** Of several gateways that sign the same end, one keeps its checkpoint. */
    private static final String ADD = """
            insert into audit_checkpoint (count, signed)
            select $1, $2 where $1 > coalesce((select max(count) from audit_checkpoint), 0)
            on conflict (count) do nothing""";

    private static final String UNDELIVERED =
            "select count, signed, made_at from audit_checkpoint where not delivered order by count limit 100";
    private static final String DELIVERED = "update audit_checkpoint set delivered = true where count = $1";
    /** The newest stays in any case: it says where the next one begins. */
    private static final String FORGET = """
            delete from audit_checkpoint where delivered and made_at < now() - interval '31 days'
            and count < (select max(count) from audit_checkpoint)""";

    private final Pool pool;

    CheckpointTable(Pool pool) {
        this.pool = pool;
    }

    /** A checkpoint that may not be in all its places yet. */
    public record Stored(long count, String signed, Instant madeAt) {}

    public Uni<Void> add(long count, String signed) {
        return pool.preparedQuery(ADD).execute(Tuple.of(count, signed)).replaceWithVoid();
    }

    public Uni<List<Stored>> undelivered() {
        return pool.query(UNDELIVERED)
                .execute()
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> new Stored(
                                row.getLong("count"),
                                row.getString("signed"),
                                row.getOffsetDateTime("made_at").toInstant()))
                        .toList());
    }

    public Uni<Void> delivered(long count) {
        return pool.preparedQuery(DELIVERED)
                .execute(Tuple.of(count))
                .chain(() -> pool.query(FORGET).execute())
                .replaceWithVoid();
    }

    public Uni<List<String>> all() {
        return pool.query("select signed from audit_checkpoint order by count")
                .execute()
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.getString("signed"))
                        .toList());
    }
}
