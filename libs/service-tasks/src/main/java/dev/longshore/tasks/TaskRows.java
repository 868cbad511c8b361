package dev.longshore.tasks;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.hibernate.reactive.mutiny.Mutiny;

/** What the runner asks of the task table. */
@ApplicationScoped
class TaskRows {

    /** Only the head of a lane can be claimed: whatever was made earlier and is not finished holds it back. */
    private static final String CLAIM = """
            update task set state = 'running', attempt = attempt + 1, fencing_token = fencing_token + 1, worker = $3,
                   started_at = now(), lease_until = now() + make_interval(secs => $4)
            where id in (
                select t.id from task t
                where t.kind = $1 and t.state = 'pending' and t.due_at <= now()
                  and (t.lane is null or not exists (
                      select 1 from task e where e.lane = t.lane and e.id < t.id and e.state in ('pending', 'running')))
                order by t.id limit $2 for update of t skip locked)
            returning id, execution_id, project, kind, attempt, max_attempts, payload, traceparent, fencing_token""";

    private static final String RENEW = """
            update task set lease_until = now() + make_interval(secs => $2)
            where state = 'running' and worker = $3 and id = any($1)
            returning id""";

    /**
     * What was made later of the same natural key is needless once the earlier one runs again, which has to keep its place
     * in its lane: events of a repository are told in order. But one that is of somebody's execution stays.
     */
    private static final String SUPERSEDE_LATER = """
            update task p set state = 'superseded', finished_at = now()
            where p.state = 'pending' and p.execution_id is null and exists (
                select 1 from task t where t.kind = p.kind and t.natural_key = p.natural_key and t.id < p.id
                  and t.state = 'running' and %s)""";

    private static final String SUPERSEDE_LATER_THAN_EXPIRED = SUPERSEDE_LATER.formatted("t.lease_until < now()");
    private static final String SUPERSEDE_LATER_THAN_ONE =
            SUPERSEDE_LATER.formatted("t.id = $1 and t.fencing_token = $2");

    /** Back to work for others; a pending task of the same natural key that stays makes this one needless. */
    private static final String RETURN_EXPIRED = """
            update task t set worker = null, lease_until = null,
                   state = case when exists (select 1 from task p where p.kind = t.kind and p.natural_key = t.natural_key
                                             and p.state = 'pending') then 'superseded' else 'pending' end,
                   finished_at = case when exists (select 1 from task p where p.kind = t.kind and p.natural_key = t.natural_key
                                             and p.state = 'pending') then now() end
            where t.state = 'running' and t.lease_until < now()""";

    private static final String RETRY = """
            update task t set worker = null, lease_until = null, error_code = $3, error = $4,
                   due_at = now() + make_interval(secs => $5),
                   state = case when exists (select 1 from task p where p.kind = t.kind and p.natural_key = t.natural_key
                                             and p.state = 'pending') then 'superseded' else 'pending' end,
                   finished_at = case when exists (select 1 from task p where p.kind = t.kind and p.natural_key = t.natural_key
                                             and p.state = 'pending') then now() end
            where t.id = $1 and t.fencing_token = $2 and t.state = 'running'""";

    private final Pool pool;

    TaskRows(Pool pool) {
        this.pool = pool;
    }

    Uni<List<ClaimedTask>> claim(String kind, int atMost, String worker) {
        return pool.preparedQuery(CLAIM)
                .execute(Tuple.of(kind, atMost, worker, seconds(Lease.TIME)))
                .map(rows -> stream(rows)
                        .map(ClaimedTask::from)
                        .sorted((a, b) -> Long.compare(a.id(), b.id()))
                        .toList());
    }

    /** Emits the ids of the tasks that are still this worker's. */
    Uni<Set<Long>> renew(Collection<Long> ids, String worker) {
        return pool.preparedQuery(RENEW)
                .execute(Tuple.of(ids.toArray(Long[]::new), seconds(Lease.TIME), worker))
                .map(rows -> stream(rows).map(row -> row.getLong("id")).collect(Collectors.toSet()));
    }

    Uni<Integer> returnExpired() {
        return pool.withTransaction(connection -> connection
                .query(SUPERSEDE_LATER_THAN_EXPIRED)
                .execute()
                .chain(() -> connection.query(RETURN_EXPIRED).execute())
                .map(RowSet::rowCount));
    }

    Uni<Void> retry(ClaimedTask task, String code, String reason, Duration after) {
        return pool.withTransaction(connection -> connection
                .preparedQuery(SUPERSEDE_LATER_THAN_ONE)
                .execute(Tuple.of(task.id(), task.fencingToken()))
                .chain(() -> connection
                        .preparedQuery(RETRY)
                        .execute(Tuple.of(task.id(), task.fencingToken(), code, reason, seconds(after))))
                .replaceWithVoid());
    }

    /** In the session's transaction; emits false if the lease was lost. */
    static Uni<Boolean> fail(Mutiny.Session session, ClaimedTask task, GivenUp why) {
        return session.createNativeQuery("""
                        update task set state = 'failed', finished_at = now(), lease_until = null, error_code = :code, error = :reason
                        where id = :id and fencing_token = :token and state = 'running'""")
                .setParameter("code", why.code())
                .setParameter("reason", why.reason())
                .setParameter("id", task.id())
                .setParameter("token", task.fencingToken())
                .executeUpdate()
                .map(updated -> updated == 1);
    }

    /** Finished tasks are kept for a while for people to look at. */
    Uni<Void> prune() {
        return pool.query("""
                        delete from task where finished_at < now() - interval '1 day' and execution_id is null;
                        delete from execution e where created_at < now() - interval '30 days'
                          and not exists (select 1 from task t where t.execution_id = e.id and t.finished_at is null)""").execute().replaceWithVoid();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static java.util.stream.Stream<Row> stream(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false);
    }
}
