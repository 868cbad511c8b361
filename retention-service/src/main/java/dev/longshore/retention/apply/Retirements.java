package dev.longshore.retention.apply;

import dev.longshore.kit.change.Freezes;
import dev.longshore.registries.RegistryClients;
import dev.longshore.tasks.ClaimedTask;
import dev.longshore.tasks.Lease;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Brings together what a deletion needs: its rows, and a client that asks lease and freezes before each change. */
@ApplicationScoped
class Retirements {

    private final RetirementRows rows;
    private final RegistryClients clients;
    private final Freezes freezes;

    Retirements(RetirementRows rows, RegistryClients clients, Freezes freezes) {
        this.rows = rows;
        this.clients = clients;
        this.freezes = freezes;
    }

    Uni<Retirement> begin(ClaimedTask task, Lease lease) {
        var retire = task.payload(RetireTask.class);
        return rows.find(retire.deletion())
                .chain(found -> clients.client(found.registry())
                        .map(client -> new Retirement(
                                task,
                                lease,
                                retire.appliedBy(),
                                found.plan(),
                                found.planned(),
                                found.registry(),
                                client.guardedBy(() -> lease.check()
                                        .chain(() ->
                                                freezes.check(found.registry().name(), task.project()))),
                                found.isRecorded())));
    }
}
