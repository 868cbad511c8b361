package dev.longshore.push.postgres;

import dev.longshore.events.Event;
import dev.longshore.events.RepositoryOwners;
import dev.longshore.kit.outbox.Outbox;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.hibernate.reactive.mutiny.Mutiny;

/** Gives entries of the inventory to the projects that their repositories belong to by now, and tells them again. */
@ApplicationScoped
public class InventoryProjects {

    private static final int BATCH = 200;

    private static final String PLACES = """
            select distinct repository, project from tag where registry = :registry
            union select distinct repository, project from manifest where registry = :registry""";

    private final Outbox outbox;

    InventoryProjects(Outbox outbox) {
        this.outbox = outbox;
    }

    /** Emits how many were moved: none once all are where they belong. */
    public Uni<Integer> moveSome(Mutiny.Session session, String registry, RepositoryOwners owners) {
        return session.createNativeQuery(PLACES, Object[].class)
                .setParameter("registry", registry)
                .getResultList()
                .map(rows -> misplaced(rows, owners))
                .chain(repositories -> repositories.isEmpty()
                        ? Uni.createFrom().item(0)
                        : moveTags(session, registry, repositories, owners)
                                .chain(tags -> moveManifests(session, registry, repositories, owners)
                                        .map(manifests -> tags + manifests)));
    }

    /** Of one project at a time. */
    private static List<String> misplaced(List<Object[]> places, RepositoryOwners owners) {
        var wrong = places.stream()
                .filter(place -> !owners.projectOf((String) place[0]).equals(place[1]))
                .map(place -> (String) place[0])
                .distinct()
                .sorted()
                .toList();
        return wrong.stream()
                .filter(repository -> owners.projectOf(repository).equals(owners.projectOf(wrong.getFirst())))
                .limit(BATCH)
                .toList();
    }

    /** The tags first, as all who lock both. */
    private Uni<Integer> moveTags(
            Mutiny.Session session, String registry, List<String> repositories, RepositoryOwners owners) {
        return move(session, TagRow.class, registry, repositories, owners, (row, generation) -> {
            row.belongs(owners.projectOf(row.repository), generation);
            return row.event();
        });
    }

    private Uni<Integer> moveManifests(
            Mutiny.Session session, String registry, List<String> repositories, RepositoryOwners owners) {
        return move(session, ManifestRow.class, registry, repositories, owners, (row, generation) -> {
            row.belongs(owners.projectOf(row.repository), generation);
            return row.event();
        });
    }

    private <T> Uni<Integer> move(
            Mutiny.Session session,
            Class<T> type,
            String registry,
            List<String> repositories,
            RepositoryOwners owners,
            BiFunction<T, Long, Event> move) {
        return session.createSelectionQuery(
                        "from " + type.getSimpleName()
                                + " r where r.registry = :registry and r.repository in :repositories"
                                + " and r.project <> :project order by r.id",
                        type)
                .setParameter("registry", registry)
                .setParameter("repositories", repositories)
                .setParameter("project", owners.projectOf(repositories.getFirst()))
                .setMaxResults(BATCH)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList()
                .chain(rows -> generations(session, rows.size())
                        .map(generations -> IntStream.range(0, rows.size())
                                .mapToObj(each -> move.apply(rows.get(each), generations.get(each)))
                                .toArray(Event[]::new)))
                .call(events -> outbox.append(session, events))
                .map(events -> events.length);
    }

    private static Uni<List<Long>> generations(Mutiny.Session session, int count) {
        return session.createNativeQuery(
                        "select nextval('inventory_generation') from generate_series(1, :count)", Long.class)
                .setParameter("count", count)
                .getResultList();
    }
}
