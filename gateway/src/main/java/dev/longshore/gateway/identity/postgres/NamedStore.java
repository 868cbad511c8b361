package dev.longshore.gateway.identity.postgres;

import static jakarta.persistence.LockModeType.PESSIMISTIC_WRITE;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Rows of one kind by their names.
 *
 * @param <R> the row
 * @param <T> what is shown of it
 */
public abstract class NamedStore<R extends NamedRow<T>, T> {

    private final Mutiny.SessionFactory database;
    private final Class<R> kind;
    private final String make;

    /** @param make makes the row {@code :name} with version 0 unless it is there: somewhere to take a lock */
    protected NamedStore(Mutiny.SessionFactory database, Class<R> kind, String make) {
        this.database = database;
        this.kind = kind;
        this.make = make;
    }

    public Uni<Optional<T>> find(String name) {
        return database.withSession(session -> session.find(kind, name))
                .map(row -> Optional.ofNullable(row).flatMap(NamedRow::shown));
    }

    /**
     * By name.
     *
     * @param projects only those of these; empty for all
     */
    public Uni<List<T>> list(Optional<Set<String>> projects, String after, int limit) {
        var query = "from %s where name > :after and version > 0%s order by name"
                .formatted(kind.getSimpleName(), projects.isPresent() ? " and project in :projects" : "");
        return database.withSession(session -> {
                    var wanted = session.createQuery(query, kind)
                            .setParameter("after", after)
                            .setMaxResults(limit);
                    projects.ifPresent(some -> wanted.setParameter("projects", List.copyOf(some)));
                    return wanted.getResultList();
                })
                .map(rows -> rows.stream().flatMap(row -> row.shown().stream()).toList());
    }

    /** Locked until the end of the transaction, whether or not there is one yet. */
    public Uni<R> lockOrMake(Mutiny.Session session, String name) {
        return session.createNativeQuery(make)
                .setParameter("name", name)
                .executeUpdate()
                .chain(() -> session.find(kind, name, PESSIMISTIC_WRITE));
    }

    /** Locked until the end of the transaction. */
    public Uni<Optional<R>> lock(Mutiny.Session session, String name) {
        return session.find(kind, name, PESSIMISTIC_WRITE)
                .map(row -> Optional.ofNullable(row).filter(each -> each.version > 0));
    }
}
