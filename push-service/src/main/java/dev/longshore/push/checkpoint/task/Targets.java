package dev.longshore.push.checkpoint.task;

import dev.longshore.events.ErrorCode;
import dev.longshore.kit.change.Freezes;
import dev.longshore.oci.ImageReference;
import dev.longshore.oci.client.RegistryClient;
import dev.longshore.push.postgres.Registries;
import dev.longshore.push.postgres.Registries.State;
import dev.longshore.registries.RegistryClients;
import dev.longshore.tasks.ClaimedTask;
import dev.longshore.tasks.Lease;
import dev.longshore.tasks.TaskFailure.GiveUp;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** Clients that change a registry only while the task's lease is held and nothing is frozen. */
@ApplicationScoped
class Targets {

    private final Registries registries;
    private final RegistryClients clients;
    private final Freezes freezes;
    private final Mutiny.SessionFactory sessions;

    Targets(Registries registries, RegistryClients clients, Freezes freezes, Mutiny.SessionFactory sessions) {
        this.sessions = sessions;
        this.registries = registries;
        this.clients = clients;
        this.freezes = freezes;
    }

    /** Whoever asked may push for one project; a name that comes from the archive may be another's. */
    Uni<Void> requireOwn(ClaimedTask task, ImageReference target) {
        return sessions.withSession(session -> registries.heldOwners(session, target.registry(), task.project()))
                .invoke(owners -> {
                    var project = owners.projectOf(target.repository());
                    if (!project.equals(task.project())) {
                        throw new GiveUp(
                                ErrorCode.FORBIDDEN.code(),
                                "The repository %s/%s belongs to another project than '%s': name another one"
                                        .formatted(target.registry(), target.repository(), task.project()));
                    }
                })
                .replaceWithVoid();
    }

    Uni<RegistryClient> client(ClaimedTask task, Lease lease, String registry) {
        return freezes.check(registry, task.project())
                .chain(() -> registries.find(registry))
                .chain(state -> switch (state) {
                    case State.Configured configured -> clients.client(configured.registry());
                    case State.Removed _, State.Unknown _ ->
                        Uni.createFrom()
                                .failure(new GiveUp(
                                        ErrorCode.NOT_FOUND.code(), "There is no registry '%s'".formatted(registry)));
                })
                .map(client ->
                        client.guardedBy(() -> lease.check().chain(() -> freezes.check(registry, task.project()))));
    }
}
