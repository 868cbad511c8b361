package dev.longshore.push.checkpoint.task;

import dev.longshore.events.ErrorCode;
import dev.longshore.kit.change.Freezes;
import dev.longshore.kit.task.ClaimedTask;
import dev.longshore.kit.task.Lease;
import dev.longshore.kit.task.TaskFailure.GiveUp;
import dev.longshore.oci.client.RegistryClient;
import dev.longshore.push.postgres.Registries;
import dev.longshore.push.postgres.Registries.State;
import dev.longshore.push.registry.RegistryClients;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Clients that change a registry only while the task's lease is held and nothing is frozen. */
@ApplicationScoped
class Targets {

    private final Registries registries;
    private final RegistryClients clients;
    private final Freezes freezes;

    Targets(Registries registries, RegistryClients clients, Freezes freezes) {
        this.registries = registries;
        this.clients = clients;
        this.freezes = freezes;
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
