package dev.longshore.push.task;

import dev.longshore.events.RepositoryOwners;
import dev.longshore.push.domain.ResolveRequest;
import dev.longshore.tasks.NewTask;
import dev.longshore.tasks.Tasks;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** Asks for references to be read again. */
@ApplicationScoped
public class Resolutions {

    static final String KIND = "resolve";

    /** A task that is pending may be claimed before our hints are committed, and would not see them: it waits for us. */
    private static final String HOLD = """
            select id from task where kind = :kind and natural_key = :naturalKey and state = 'pending' for update""";

    private final Tasks tasks;

    Resolutions(Tasks tasks) {
        this.tasks = tasks;
    }

    /** One task for each, unless one is pending. In an order that all keep, so that none waits for the other. */
    public Uni<Void> enqueue(Mutiny.Session session, String project, Collection<ResolveRequest> requests) {
        return enqueue(session, RepositoryOwners.of(project, List.of()), requests);
    }

    /** As above, of repositories of several projects. */
    public Uni<Void> enqueue(Mutiny.Session session, RepositoryOwners owners, Collection<ResolveRequest> requests) {
        return Multi.createFrom()
                .iterable(requests.stream()
                        .distinct()
                        .sorted(Comparator.comparing(ResolveRequest::naturalKey))
                        .toList())
                .onItem()
                .transformToUniAndConcatenate(request -> enqueue(session, task(owners, request), request))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> enqueue(Mutiny.Session session, NewTask task, ResolveRequest request) {
        return tasks.enqueue(session, task)
                .chain(added -> added
                        ? Uni.createFrom().voidItem()
                        : hold(session, request)
                                .chain(held -> held
                                        ? Uni.createFrom().voidItem()
                                        // It was claimed in between.
                                        : enqueue(session, task, request)));
    }

    private static Uni<Boolean> hold(Mutiny.Session session, ResolveRequest request) {
        return session.createNativeQuery(HOLD, Long.class)
                .setParameter("kind", KIND)
                .setParameter("naturalKey", request.naturalKey())
                .getResultList()
                .map(pending -> !pending.isEmpty());
    }

    private static NewTask task(RepositoryOwners owners, ResolveRequest request) {
        return NewTask.of(KIND, owners.projectOf(request.reference().repository()), request)
                .withNaturalKey(request.naturalKey())
                .withLane(request.lane())
                .withMaxAttempts(Patience.ATTEMPTS);
    }
}
