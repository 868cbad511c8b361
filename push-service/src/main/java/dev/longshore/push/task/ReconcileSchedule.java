package dev.longshore.push.task;

import dev.longshore.events.ConfigEvent.RegistryConfigured;
import dev.longshore.push.postgres.Registries;
import dev.longshore.tasks.NewTask;
import dev.longshore.tasks.Tasks;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** Has each registry listed as often as its settings say. Every replica looks, one finds the row free. */
@ApplicationScoped
class ReconcileSchedule {

    /** The next time comes soon enough. */
    private static final int ATTEMPTS = 3;

    private final Mutiny.SessionFactory sessions;
    private final Registries registries;
    private final Tasks tasks;

    ReconcileSchedule(Mutiny.SessionFactory sessions, Registries registries, Tasks tasks) {
        this.sessions = sessions;
        this.registries = registries;
        this.tasks = tasks;
    }

    @Scheduled(every = "5s", delayed = "5s")
    Uni<Void> look() {
        return sessions.withTransaction((session, _) -> registries
                .due(session)
                .chain(due -> Multi.createFrom()
                        .iterable(due)
                        .onItem()
                        .transformToUniAndConcatenate(registry -> enqueue(session, registry))
                        .collect()
                        .last())
                .replaceWithVoid());
    }

    private Uni<Void> enqueue(Mutiny.Session session, RegistryConfigured registry) {
        var task = NewTask.of(
                        ReconcileRegistry.KIND, registry.project(), new ReconcileRegistry.Request(registry.name()))
                .withNaturalKey(registry.name())
                .withLane("reconcile/" + registry.name())
                .withMaxAttempts(ATTEMPTS);
        return tasks.enqueue(session, task).chain(() -> registries.reconcileAgain(session, registry));
    }
}
