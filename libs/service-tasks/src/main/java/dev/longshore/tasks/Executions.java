package dev.longshore.tasks;

import dev.longshore.kit.http.Access;
import dev.longshore.kit.http.CursorPage;
import dev.longshore.tasks.ExecutionView.TaskView;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.hibernate.reactive.mutiny.Mutiny;

/** The executions of this service: shown, stopped, tried again. */
@ApplicationScoped
public class Executions {

    private static final String VIEW = """
            select e.*, c.* from execution e, lateral (
                select count(*) filter (where state = 'pending') as pending, count(*) filter (where state = 'running') as running,
                       count(*) filter (where state = 'succeeded') as succeeded, count(*) filter (where state = 'failed') as failed,
                       count(*) filter (where state = 'stopped') as stopped, count(*) filter (where state = 'superseded') as superseded,
                       max(t.finished_at) as finished_at
                from task t where t.execution_id = e.id) c
            """;

    private final Pool pool;
    private final Mutiny.SessionFactory sessions;

    Executions(Pool pool, Mutiny.SessionFactory sessions) {
        this.pool = pool;
        this.sessions = sessions;
    }

    public Uni<Optional<ExecutionView>> find(String id) {
        return pool.preparedQuery(VIEW + "where e.id = $1")
                .execute(Tuple.of(id))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(ExecutionView::from)
                        .findFirst());
    }

    /** Newest first; ids are time-ordered, so the last id of a page is the position of the next. */
    public Uni<CursorPage<ExecutionView>> list(String kind, String before, int limit, Access access) {
        return pool.preparedQuery(VIEW + """
                        where ($1 = '' or e.kind = $1) and ($2 = '' or e.id < $2)
                          and ('*' = any($4) or e.project = any($4))
                        order by e.id desc limit $3""")
                .execute(Tuple.of(kind, before, limit + 1, access.names()))
                .map(rows -> CursorPage.of(
                        StreamSupport.stream(rows.spliterator(), false)
                                .map(ExecutionView::from)
                                .toList(),
                        limit,
                        ExecutionView::id));
    }

    public Uni<CursorPage<TaskView>> tasks(String execution, long after, int limit) {
        return pool.preparedQuery("select * from task where execution_id = $1 and id > $2 order by id limit $3")
                .execute(Tuple.of(execution, after, limit + 1))
                .map(rows -> CursorPage.of(
                        StreamSupport.stream(rows.spliterator(), false)
                                .map(TaskView::from)
                                .toList(),
                        limit,
                        task -> Long.toString(task.id())));
    }

    /** Stops what is pending and running; whoever works on it is told at once, by the trigger on {@code task}. */
    public Uni<Integer> stop(String id) {
        return sessions.withTransaction((session, _) -> session.createNativeQuery(
                        "update execution set stopped_at = coalesce(stopped_at, now()) where id = :id")
                .setParameter("id", id)
                .executeUpdate()
                .chain(() ->
                        session.createNativeQuery("""
                                update task set state = 'stopped', finished_at = now(), lease_until = null
                                where execution_id = :id and state in ('pending', 'running')""").setParameter("id", id).executeUpdate()));
    }

    /** Only what failed or was stopped is done again. */
    public Uni<Integer> retry(String id) {
        return sessions.withTransaction((session, _) -> session.createNativeQuery(
                        "update execution set stopped_at = null where id = :id")
                .setParameter("id", id)
                .executeUpdate()
                .chain(() ->
                        session.createNativeQuery("""
                                update task t set state = 'pending', attempt = 0, due_at = now(), finished_at = null
                                where execution_id = :id and state in ('failed', 'stopped')
                                  and not exists (select 1 from task p where p.kind = t.kind and p.natural_key = t.natural_key
                                                  and p.state = 'pending')""").setParameter("id", id).executeUpdate()));
    }
}
