package dev.longshore.push.postgres;

import dev.longshore.push.domain.Hint;
import dev.longshore.push.domain.ResolveRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** Hints wait in rows of their own, so that several are answered by one reading and each knows what became of it. */
@ApplicationScoped
public class Hints {

    private static final String CLAIM = """
            update hint set task_id = :task
            where registry = :registry and repository = :repository and reference = :reference and state = 'pending'""";
    private static final String SETTLE = """
            update hint set state = :state, reason = nullif(:reason, ''), finished_at = now()
            where task_id = :task and state = 'pending'""";

    private final Mutiny.SessionFactory sessions;

    Hints(Mutiny.SessionFactory sessions) {
        this.sessions = sessions;
    }

    /**
     * What a reading answers.
     *
     * @param startedAt by the database's clock, which is the same for all replicas
     */
    public record Claimed(Instant startedAt, List<Hint> hints) {}

    public Uni<Void> add(Mutiny.Session session, Delivery delivery, List<Hint> hints) {
        return session.persistAll(
                hints.stream().map(hint -> new HintRow(delivery, hint)).toArray());
    }

    /** Takes all that wait for this reference. Those that come later have, or make, a task of their own. */
    public Uni<Claimed> claim(ResolveRequest request, long task) {
        return sessions.withTransaction((session, _) -> session.createNativeQuery(CLAIM)
                .setParameter("task", task)
                .setParameter("registry", request.registry())
                .setParameter("repository", request.reference().repository())
                .setParameter("reference", request.reference().value())
                .executeUpdate()
                .chain(() -> session.createNativeQuery("select clock_timestamp()", Instant.class)
                        .getSingleResult())
                .chain(now -> claimed(session, task).map(hints -> new Claimed(now, hints))));
    }

    public Uni<Void> done(Mutiny.Session session, long task) {
        return settle(session, task, "done", "");
    }

    public Uni<Void> failed(Mutiny.Session session, long task, String reason) {
        return settle(session, task, "failed", reason);
    }

    private static Uni<List<Hint>> claimed(Mutiny.Session session, long task) {
        return session.createSelectionQuery(
                        "from HintRow h where h.taskId = :task and h.state = 'pending' order by h.id", HintRow.class)
                .setParameter("task", task)
                .getResultList()
                .map(rows -> rows.stream().map(HintRow::hint).toList());
    }

    private static Uni<Void> settle(Mutiny.Session session, long task, String state, String reason) {
        return session.createNativeQuery(SETTLE)
                .setParameter("task", task)
                .setParameter("state", state)
                .setParameter("reason", reason)
                .executeUpdate()
                .replaceWithVoid();
    }
}
