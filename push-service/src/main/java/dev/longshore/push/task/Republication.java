package dev.longshore.push.task;

import dev.longshore.events.Event;
import dev.longshore.kit.outbox.Outbox;
import dev.longshore.push.postgres.InventoryBatches;
import dev.longshore.push.postgres.InventoryBatches.Batch;
import dev.longshore.push.postgres.InventoryBatches.Kind;
import dev.longshore.tasks.ClaimedTask;
import dev.longshore.tasks.Lease;
import dev.longshore.tasks.NewTask;
import dev.longshore.tasks.TaskHandler;
import dev.longshore.tasks.Tasks;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Publishes the whole inventory again, for a service that lost its copy: a batch a task, each adding the next. */
@ApplicationScoped
public class Republication implements TaskHandler {

    public static final String KIND = "republication";

    private final Mutiny.SessionFactory sessions;
    private final Tasks tasks;
    private final Outbox outbox;
    private final InventoryBatches batches;

    Republication(Mutiny.SessionFactory sessions, Tasks tasks, Outbox outbox, InventoryBatches batches) {
        this.sessions = sessions;
        this.tasks = tasks;
        this.outbox = outbox;
        this.batches = batches;
    }

    record Request(Kind entries, String after) {}

    /** Adds the first batch to the execution. */
    public Uni<Void> begin(Mutiny.Session session, String project, String execution) {
        return enqueue(session, project, execution, new Request(Kind.MANIFEST, ""));
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public int concurrency() {
        return 1;
    }

    @Override
    public Uni<Void> run(ClaimedTask task, Lease lease) {
        var request = task.payload(Request.class);
        return sessions.withTransaction((session, _) -> lease.complete(session)
                .chain(() -> batches.after(session, request.entries(), request.after()))
                .call(batch -> outbox.append(session, batch.entries().toArray(Event[]::new)))
                .chain(batch -> next(request, batch)
                        .map(next -> enqueue(session, task.project(), task.execution(), next))
                        .orElseGet(() -> Uni.createFrom().voidItem())));
    }

    private static Optional<Request> next(Request done, Batch batch) {
        if (!batch.entries().isEmpty()) {
            return Optional.of(new Request(done.entries(), batch.last()));
        }
        return done.entries() == Kind.MANIFEST ? Optional.of(new Request(Kind.TAG, "")) : Optional.empty();
    }

    private Uni<Void> enqueue(Mutiny.Session session, String project, @Nullable String execution, Request request) {
        return tasks.enqueue(session, NewTask.of(KIND, project, request).withExecution(execution))
                .replaceWithVoid();
    }
}
