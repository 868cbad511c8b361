package dev.longshore.push.task;

import dev.longshore.events.Topic;
import dev.longshore.kit.outbox.Outbox;
import dev.longshore.push.postgres.InventoryBatches;
import dev.longshore.push.postgres.Registries;
import dev.longshore.push.postgres.Registries.State;
import dev.longshore.registries.RegistryClients;
import dev.longshore.tasks.ClaimedTask;
import dev.longshore.tasks.Lease;
import dev.longshore.tasks.NewTask;
import dev.longshore.tasks.TaskHandler;
import dev.longshore.tasks.Tasks;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** Takes a removed registry's entries out of the inventory, a batch a task. Nothing was deleted, and none is told so. */
@ApplicationScoped
public class ForgetRegistry implements TaskHandler {

    private static final String KIND = "forget-registry";

    private final Mutiny.SessionFactory sessions;
    private final Tasks tasks;
    private final Outbox outbox;
    private final Registries registries;
    private final RegistryClients clients;
    private final InventoryBatches batches;

    ForgetRegistry(
            Mutiny.SessionFactory sessions,
            Tasks tasks,
            Outbox outbox,
            Registries registries,
            RegistryClients clients,
            InventoryBatches batches) {
        this.sessions = sessions;
        this.tasks = tasks;
        this.outbox = outbox;
        this.registries = registries;
        this.clients = clients;
        this.batches = batches;
    }

    record Request(String registry) {}

    public Uni<Void> enqueue(Mutiny.Session session, String registry) {
        return tasks.enqueue(
                        session,
                        NewTask.of(KIND, "default", new Request(registry)).withNaturalKey(registry))
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
        var name = task.payload(Request.class).registry();
        return registries.find(name).chain(state -> switch (state) {
            case State.Removed _ -> forget(name, lease);
            // It is registered again, and what is known of it is worth keeping.
            case State.Configured _, State.Unknown _ -> Uni.createFrom().voidItem();
        });
    }

    private Uni<Void> forget(String name, Lease lease) {
        clients.remove(name);
        return sessions.withTransaction((session, _) -> lease.complete(session)
                .chain(() -> batches.removeSome(session, name))
                .call(removed -> Multi.createFrom()
                        .iterable(removed)
                        .onItem()
                        .transformToUniAndConcatenate(
                                entry -> outbox.remove(session, Topic.INVENTORY, entry.key(), entry.project()))
                        .collect()
                        .last())
                .chain(removed -> removed.isEmpty() ? Uni.createFrom().voidItem() : enqueue(session, name)));
    }
}
