package dev.longshore.push.task;

import dev.longshore.events.ConfigEvent.RegistryConfigured;
import dev.longshore.oci.client.RegistryClient;
import dev.longshore.push.domain.ResolveRequest;
import dev.longshore.push.postgres.Place;
import dev.longshore.push.postgres.Registries;
import dev.longshore.push.postgres.Registries.State;
import dev.longshore.push.registry.CompareRegistry;
import dev.longshore.registries.RegistryClients;
import dev.longshore.tasks.ClaimedTask;
import dev.longshore.tasks.Lease;
import dev.longshore.tasks.TaskHandler;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Lists a registry and has read again whatever is not as the inventory knows it: notifications get lost, and some
 * registries send none. Where all is in order nothing is written.
 */
@ApplicationScoped
class ReconcileRegistry implements TaskHandler {

    static final String KIND = "reconcile";

    private final Mutiny.SessionFactory sessions;
    private final Registries registries;
    private final RegistryClients clients;
    private final CompareRegistry compare;
    private final Resolutions resolutions;
    private final PushMetrics metrics;

    ReconcileRegistry(
            Mutiny.SessionFactory sessions,
            Registries registries,
            RegistryClients clients,
            CompareRegistry compare,
            Resolutions resolutions,
            PushMetrics metrics) {
        this.sessions = sessions;
        this.registries = registries;
        this.clients = clients;
        this.compare = compare;
        this.resolutions = resolutions;
        this.metrics = metrics;
    }

    record Request(String registry) {}

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public int concurrency() {
        return 2;
    }

    @Override
    public Uni<Void> run(ClaimedTask task, Lease lease) {
        return registries
                .find(task.payload(Request.class).registry())
                .chain(state -> switch (state) {
                    case State.Configured configured -> reconcile(configured.registry(), lease);
                    case State.Removed _, State.Unknown _ -> Uni.createFrom().voidItem();
                })
                .onFailure()
                .transform(failure -> Patience.with(failure, task.attempt()));
    }

    private Uni<Void> reconcile(RegistryConfigured registry, Lease lease) {
        return clients.client(registry)
                .chain(client -> compare.repositories(client, registry)
                        .chain(repositories -> places(registry, repositories))
                        .chain(places -> compareEach(client, places)))
                .chain(() -> sessions.withTransaction((session, _) ->
                        lease.complete(session).chain(() -> registries.reconciled(session, registry.name()))))
                .invoke(() -> metrics.reconciled(registry.name()));
    }

    private Uni<List<Place>> places(RegistryConfigured registry, Set<String> repositories) {
        return sessions.withSession(session -> registries.owners(session, registry))
                .map(owners -> repositories.stream()
                        .map(repository -> new Place(owners.projectOf(repository), registry.name(), repository))
                        .toList());
    }

    private Uni<Void> compareEach(RegistryClient client, List<Place> places) {
        return Multi.createFrom()
                .iterable(places)
                .onItem()
                .transformToUniAndConcatenate(
                        place -> compare.differences(client, place).chain(found -> resolve(place, found)))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> resolve(Place place, List<ResolveRequest> differences) {
        return differences.isEmpty()
                ? Uni.createFrom().voidItem()
                : sessions.withTransaction((session, _) -> resolutions.enqueue(session, place.project(), differences));
    }
}
