package dev.longshore.push.task;

import dev.longshore.events.ConfigEvent.RegistryConfigured;
import dev.longshore.events.ErrorCode;
import dev.longshore.events.RepositoryOwners;
import dev.longshore.push.domain.Reading;
import dev.longshore.push.domain.ResolveRequest;
import dev.longshore.push.postgres.Hints.Claimed;
import dev.longshore.push.postgres.Place;
import dev.longshore.push.postgres.Registries;
import dev.longshore.push.postgres.Registries.State;
import dev.longshore.push.registry.ReadReference;
import dev.longshore.registries.RegistryClients;
import dev.longshore.tasks.ClaimedTask;
import dev.longshore.tasks.GivenUp;
import dev.longshore.tasks.Lease;
import dev.longshore.tasks.TaskFailure.GiveUp;
import dev.longshore.tasks.TaskFailure.RetryLater;
import dev.longshore.tasks.TaskHandler;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** Reads a reference again and writes what it found, with the events and the task's end, in one transaction. */
@ApplicationScoped
class ResolveReference implements TaskHandler {

    private static final int CONCURRENCY = 16;

    /** The registry's configuration travels another way than its notifications, and may come a little later. */
    private static final int ATTEMPTS_WHILE_UNKNOWN = 10;

    private static final Duration WHILE_UNKNOWN = Duration.ofSeconds(3);
    private static final String REMOVED = "The registry was removed";

    private final Registries registries;
    private final RegistryClients clients;
    private final ReadReference reads;
    private final ResolveWrites writes;
    private final PushMetrics metrics;

    ResolveReference(
            Registries registries,
            RegistryClients clients,
            ReadReference reads,
            ResolveWrites writes,
            PushMetrics metrics) {
        this.registries = registries;
        this.clients = clients;
        this.reads = reads;
        this.writes = writes;
        this.metrics = metrics;
    }

    @Override
    public String kind() {
        return Resolutions.KIND;
    }

    @Override
    public int concurrency() {
        return CONCURRENCY;
    }

    @Override
    public Uni<Void> run(ClaimedTask task, Lease lease) {
        var work = new Work(task, lease, task.payload(ResolveRequest.class));
        return writes.claim(work)
                .chain(claimed ->
                        registries.find(work.request().registry()).chain(state -> resolve(work, claimed, state)))
                .onFailure()
                .transform(failure -> Patience.with(failure, task.attempt()));
    }

    @Override
    public Uni<Void> givenUp(Mutiny.Session session, ClaimedTask task, GivenUp why) {
        return writes.givenUp(session, task, why);
    }

    /** A task, what it asks for and the right to do it. */
    record Work(ClaimedTask task, Lease lease, ResolveRequest request) {

        /** As it was when the task was made. */
        Place place() {
            return place(RepositoryOwners.of(task.project(), List.of()));
        }

        Place place(RepositoryOwners owners) {
            var repository = request.reference().repository();
            return new Place(owners.projectOf(repository), request.registry(), repository);
        }
    }

    private Uni<Void> resolve(Work work, Claimed claimed, State state) {
        return switch (state) {
            case State.Configured configured -> resolve(work, claimed, configured.registry());
            case State.Removed _ -> writes.unanswered(work, REMOVED);
            case State.Unknown _ ->
                Uni.createFrom()
                        .failure(
                                work.task().attempt() < ATTEMPTS_WHILE_UNKNOWN
                                        ? new RetryLater(ErrorCode.NOT_FOUND.code(), unknown(work), WHILE_UNKNOWN)
                                        : new GiveUp(ErrorCode.NOT_FOUND.code(), unknown(work)));
        };
    }

    private Uni<Void> resolve(Work work, Claimed claimed, RegistryConfigured registry) {
        return clients.client(registry)
                .chain(client -> reads.read(client, work.place(), work.request().reference(), claimed))
                .chain(reading -> write(work, claimed, reading));
    }

    private Uni<Void> write(Work work, Claimed claimed, Reading reading) {
        return writes.answer(work, claimed, reading)
                .invoke(changes -> metrics.resolved(work.request().registry(), changes))
                .replaceWithVoid();
    }

    private static String unknown(Work work) {
        return "No registry is registered as '%s'".formatted(work.request().registry());
    }
}
