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
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

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
              or (answered_at is null and asked_at < now() - make_interval(secs => :patience))
            order by asked_at limit 500 for update skip locked""";

    private final Pool pool;
    private final Mutiny.SessionFactory sessions;
    private final AuditChain chain;

    AskedTable(Pool pool, Mutiny.SessionFactory sessions, AuditChain chain) {
        this.pool = pool;
        this.sessions = sessions;
        this.chain = chain;
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
        return sessions.withTransaction((session, _) -> session.createNativeQuery(NEXT, Object[].class)
                .setParameter("patience", (double) patience.toSeconds())
                .getResultList()
                .chain(rows -> rows.isEmpty()
                        ? Uni.createFrom().item(0)
                        : chain.append(
                                        session,
                                        rows.stream().map(AskedTable::entry).toList())
                                .chain(() -> forget(session, rows))
                                .replaceWith(rows.size())));
    }

    private static Uni<Integer> forget(Mutiny.Session session, List<Object[]> rows) {
        var ids = rows.stream().map(row -> UUID.fromString((String) row[0])).toArray(UUID[]::new);
        return session.createNativeQuery("delete from audit_asked where id = any(:ids)")
                .setParameter("ids", ids)
                .executeUpdate();
    }

    private static Entry entry(Object[] row) {
        var operation = (String) row[6];
        var status = ((Number) row[9]).intValue();
        return new Entry(
                UUID.fromString((String) row[0]),
                Instant.parse((String) row[1]),
                (String) row[2],
                "gateway",
                (String) row[3],
                (String) row[4],
                (String) row[5],
                Outcome.action(operation),
                (String) row[7],
                Outcome.of(status),
                Outcome.detail(operation, status),
                null,
                null,
                (String) row[8]);
    }
}
