package dev.longshore.tasks;

import com.fasterxml.uuid.Generators;
import dev.longshore.kit.event.StoredJson;
import dev.longshore.kit.trace.TraceParent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Adds work, in the transaction of what makes it necessary. */
@ApplicationScoped
public class Tasks {

    private static final String INSERT = """
            insert into task (execution_id, project, kind, natural_key, lane, payload, max_attempts, due_at, traceparent)
            values (nullif(:execution, ''), :project, :kind, nullif(:naturalKey, ''), nullif(:lane, ''), :payload, :maxAttempts,
                    now() + make_interval(secs => cast(:delay as double precision)), :traceparent)
            on conflict (kind, natural_key) where state = 'pending' do update set due_at = least(task.due_at, excluded.due_at)
            returning (xmax = 0)""";

    /**
     * Emits false if a task of this kind and natural key is pending already. That task is locked until the session's
     * transaction ends, so that whoever claims it sees what the transaction wrote.
     */
    public Uni<Boolean> enqueue(Mutiny.Session session, NewTask task) {
        return session.createNativeQuery(INSERT, Boolean.class)
                .setParameter("execution", text(task.execution()))
                .setParameter("project", task.project())
                .setParameter("kind", task.kind())
                .setParameter("naturalKey", text(task.naturalKey()))
                .setParameter("lane", text(task.lane()))
                .setParameter("payload", StoredJson.write(task.payload()))
                .setParameter("maxAttempts", task.maxAttempts())
                .setParameter("delay", task.delay().toMillis() / 1000.0)
                .setParameter("traceparent", TraceParent.current())
                .getSingleResult();
    }

    /**
     * Emits the id of a new execution, to which tasks are then added.
     *
     * @param prefix says which service it is of: {@code rep}, {@code scn}, {@code psh}, {@code ret}
     */
    public Uni<String> newExecution(
            Mutiny.Session session,
            String prefix,
            String project,
            String kind,
            @Nullable String reference,
            String requestedBy) {
        var id = prefix + "-" + Generators.timeBasedEpochGenerator().generate();
        return session.createNativeQuery("""
                        insert into execution (id, project, kind, reference, requested_by, traceparent)
                        values (:id, :project, :kind, nullif(:reference, ''), :requestedBy, :traceparent)""")
                .setParameter("id", id)
                .setParameter("project", project)
                .setParameter("kind", kind)
                .setParameter("reference", text(reference))
                .setParameter("requestedBy", requestedBy)
                .setParameter("traceparent", TraceParent.current())
                .executeUpdate()
                .replaceWith(id);
    }

    private static String text(@Nullable String value) {
        return Optional.ofNullable(value).orElse("");
    }
}
