package dev.longshore.push.task;

import dev.longshore.push.postgres.InventoryProjects;
import dev.longshore.push.postgres.Registries;
import dev.longshore.tasks.ClaimedTask;
import dev.longshore.tasks.Lease;
import dev.longshore.tasks.NewTask;
import dev.longshore.tasks.TaskHandler;
import dev.longshore.tasks.Tasks;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.SortedSet;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Has what is known of a registry told again under the projects that its repositories belong to by now, a batch a task,
 * each adding the next. What is written meanwhile is given its project under the same lock.
 */
@ApplicationScoped
public class Reassignment implements TaskHandler {

    private static final String KIND = "reassignment";
    private static final String PROJECT = "default";

    private final Mutiny.SessionFactory sessions;
    private final Tasks tasks;
    private final Registries registries;
    private final InventoryProjects projects;
    private final PushMetrics metrics;

    Reassignment(
            Mutiny.SessionFactory sessions,
            Tasks tasks,
            Registries registries,
            InventoryProjects projects,
            PushMetrics metrics) {
        this.sessions = sessions;
        this.tasks = tasks;
        this.registries = registries;
        this.projects = projects;
        this.metrics = metrics;
    }

    record Request(String registry) {}

    /** In the transaction that changes whose repositories they are. */
    public Uni<Void> begin(Mutiny.Session session, SortedSet<String> changed) {
        return Multi.createFrom()
                .iterable(changed)
                .onItem()
                .transformToUniAndConcatenate(
                        registry -> registries.hold(session, registry).chain(() -> enqueue(session, registry)))
                .collect()
                .last()
                .replaceWithVoid();
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
        var registry = task.payload(Request.class).registry();
        return sessions.withTransaction((session, _) -> lease.complete(session)
                        .chain(() -> registries.heldOwners(session, registry, PROJECT))
                        .chain(owners -> projects.moveSome(session, registry, owners))
                        .call(moved -> moved == 0 ? Uni.createFrom().voidItem() : enqueue(session, registry)))
                .invoke(moved -> metrics.reassigned(registry, moved))
                .replaceWithVoid();
    }

    /** Always one more: a task that runs already may have read what was before. */
    private Uni<Void> enqueue(Mutiny.Session session, String registry) {
        return tasks.enqueue(session, NewTask.of(KIND, PROJECT, new Request(registry)))
                .replaceWithVoid();
    }
}
