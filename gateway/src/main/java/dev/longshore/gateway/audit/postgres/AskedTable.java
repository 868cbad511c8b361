package dev.longshore.gateway.audit.postgres;

import dev.longshore.gateway.audit.domain.Asked;
import dev.longshore.gateway.audit.domain.Entry;
import dev.longshore.gateway.audit.domain.Outcome;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.UUID;

/** Operations between being asked for and being in the chain. */
@ApplicationScoped
public class AskedTable {

    private static final String ADD = """
            insert into audit_asked (id, asked_at, project, actor, address, token, operation, resource, trace_id)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9)""";
    private static final String ANSWERED =
            "update audit_asked set status = $2, answered_at = now() where id = $1 and answered_at is null";

    /** Refused ones are counted by the minute instead. */
    private static final String NEXT = """
            select cast(id as text), to_char(asked_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
              project, actor, address, token, operation, resource, trace_id, coalesce(status, 0)
            from audit_asked
            where (answered_at is not null and status not between 400 and 499)
              or (answered_at is null and asked_at < now() - make_interval(secs => :seconds))
            order by asked_at limit 500 for update skip locked""";

    private static final String FORGET = "delete from audit_asked where id = any(:ids)";

    private final Pool pool;
    private final RowsToChain rows;

    AskedTable(Pool pool, RowsToChain rows) {
        this.pool = pool;
        this.rows = rows;
    }

    /** Succeeds once it is committed. A future, as this stands between a request and its answer. */
    public Future<Void> add(Asked asked) {
        var values = Tuple.tuple()
                .addUUID(asked.id())
                .addOffsetDateTime(asked.at().atOffset(ZoneOffset.UTC))
                .addString(asked.project())
                .addString(asked.actor())
                .addString(asked.address())
                .addString(asked.token())
                .addString(asked.operation())
                .addString(asked.resource())
                .addString(asked.traceId());
        return pool.getDelegate().preparedQuery(ADD).execute(values).mapEmpty();
    }

    /** @param status as it was answered, or {@link Outcome#UNSEEN} */
    public Future<Void> answered(UUID id, int status) {
        return pool.getDelegate()
                .preparedQuery(ANSWERED)
                .execute(Tuple.of(id, status))
                .mapEmpty();
    }

    /** Makes entries of those that were answered, and of those that nobody will answer any more. Emits how many. */
    public Uni<Integer> chainNext(Duration patience) {
        return rows.moveSeen(NEXT, patience.toSeconds(), AskedTable::entry, FORGET);
    }

    private static Entry entry(Object[] row) {
        var status = ((Number) row[9]).intValue();
        return RowsToChain.seen(row, Outcome.of(status), Outcome.detail((String) row[6], status));
    }
}
