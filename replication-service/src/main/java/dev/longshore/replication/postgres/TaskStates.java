package dev.longshore.replication.postgres;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** What this service asks of its task table beyond what the kit does. */
@ApplicationScoped
public class TaskStates {

    /**
     * Whether a task with this key is pending; if so, nobody claims it before the session's transaction ends. So whoever
     * works on it sees what this transaction wrote, and no second task is needed.
     */
    public Uni<Boolean> holdPending(Mutiny.Session session, String kind, String naturalKey) {
        return session.createNativeQuery(
                        "select id from task where kind = :kind and natural_key = :key and state = 'pending' for update",
                        Long.class)
                .setParameter("kind", kind)
                .setParameter("key", naturalKey)
                .getResultList()
                .map(found -> !found.isEmpty());
    }

    /** Says on a task that has just been completed why there was nothing to do. */
    public Uni<Void> explain(Mutiny.Session session, long task, String code, String reason) {
        return session.createNativeQuery("update task set error_code = :code, error = :reason where id = :id")
                .setParameter("code", code)
                .setParameter("reason", reason)
                .setParameter("id", task)
                .executeUpdate()
                .replaceWithVoid();
    }

    public Uni<Boolean> isOver(Mutiny.Session session, String execution) {
        return session.createNativeQuery(
                        "select count(*) from task where execution_id = :id and state in ('pending', 'running')",
                        Long.class)
                .setParameter("id", execution)
                .getSingleResult()
                .map(open -> open == 0);
    }

    public Uni<Long> waiting(Mutiny.Session session, String kind) {
        return session.createNativeQuery(
                        "select count(*) from task where kind = :kind and state in ('pending', 'running')", Long.class)
                .setParameter("kind", kind)
                .getSingleResult();
    }
}
