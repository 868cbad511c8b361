package dev.longshore.replication.task;

import dev.longshore.kit.change.Freezes;
import dev.longshore.registries.RegistryClients;
import dev.longshore.replication.copy.CopyConfig;
import dev.longshore.replication.copy.Route;
import dev.longshore.replication.plan.CopyTask;
import dev.longshore.tasks.ClaimedTask;
import dev.longshore.tasks.Lease;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Clients of both ends for one task: the target is changed only while the lease is held and nothing is frozen. */
@ApplicationScoped
class Routes {

    private final RegistryClients clients;
    private final Freezes freezes;
    private final CopyConfig config;

    Routes(RegistryClients clients, Freezes freezes, CopyConfig config) {
        this.clients = clients;
        this.freezes = freezes;
        this.config = config;
    }

    int imagesAtOnce() {
        return config.images();
    }

    /** Of the project that copies, and of that whose repository is changed. */
    private Uni<Void> check(ClaimedTask task, String target, Preparation.Ready ready) {
        return freezes.check(target, task.project()).chain(() -> freezes.check(target, ready.targetProject()));
    }

    Uni<Route> route(ClaimedTask task, Lease lease, CopyTask copy, Preparation.Ready ready) {
        var target = copy.target().registry();
        // Asked here too, so that a freeze costs the source no pull.
        return check(task, target, ready)
                .chain(() -> clients.client(ready.source()))
                .chain(from -> clients.client(ready.target())
                        .map(to -> new Route(
                                from,
                                copy.source().repository(),
                                target,
                                to.guardedBy(() -> lease.check().chain(() -> check(task, target, ready))),
                                copy.target().repository())));
    }
}
