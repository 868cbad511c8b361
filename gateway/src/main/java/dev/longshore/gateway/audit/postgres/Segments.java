package dev.longshore.gateway.audit.postgres;

import dev.longshore.gateway.audit.domain.Segment;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.StreamSupport;

/** What was taken out of the chain's table, and what may be. */
@ApplicationScoped
public class Segments {

    /** The newest stays: the next one is chained to it. */
    private static final String OLD_UP_TO = """
            select coalesce(min(number), 1) - 1 as number from audit_entry
            where appended_at >= $1 or number = (select max(number) from audit_entry)""";

    private static final String SEAL = """
            with taken as (delete from audit_entry where number between $1 and $2 returning 1),
              counted as (select count(*) as n from taken)
            insert into audit_segment (first, last, head, file, file_digest, signed)
            select $1, $2, $3, $4, $5, $6 from counted where n = $2 - $1 + 1""";
    private static final String LOCK = "select pg_try_advisory_xact_lock(hashtextextended('audit-seal', 0)) as mine";

    private final Pool pool;

    Segments(Pool pool) {
        this.pool = pool;
    }

    /** The seals, in the order of the chain. */
    public Uni<List<String>> all() {
        return pool.query("select signed from audit_segment order by first")
                .execute()
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.getString("signed"))
                        .toList());
    }

    /** Number of the last entry such that all up to it were appended before this; 0 if there is none. */
    public Uni<Long> oldUpTo(Instant cutoff) {
        return pool.preparedQuery(OLD_UP_TO)
                .execute(Tuple.of(cutoff.atOffset(ZoneOffset.UTC)))
                .map(rows -> rows.iterator().next().getLong("number"));
    }

    /** Takes the entries out and leaves the seal, or does nothing. Emits whether it did. */
    public Uni<Boolean> seal(Segment segment, String signed) {
        var values = Tuple.tuple()
                .addLong(segment.first())
                .addLong(segment.last())
                .addString(segment.head().toString())
                .addString(segment.file())
                .addString(segment.fileDigest())
                .addString(signed);
        return pool.withTransaction(connection -> connection
                .query(LOCK)
                .execute()
                .chain(found -> found.iterator().next().getBoolean("mine")
                        ? connection.preparedQuery(SEAL).execute(values).map(rows -> rows.rowCount() == 1)
                        : Uni.createFrom().item(false))
                .invoke(isSealed -> {
                    if (!isSealed) {
                        throw new IllegalStateException("The entries to be sealed are not there any more");
                    }
                }));
    }
}
