package dev.longshore.gateway.identity.account.postgres;

import static jakarta.persistence.LockModeType.PESSIMISTIC_READ;
import static jakarta.persistence.LockModeType.PESSIMISTIC_WRITE;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hibernate.reactive.mutiny.Mutiny;

/** Service accounts by their names. */
@ApplicationScoped
public class ServiceAccountStore {

    /** Somewhere to take a lock before the account exists. */
    private static final String MAKE = """
            insert into service_account (name, project, roles, is_disabled, version, created_at, updated_at, updated_by)
            values (:name, '', '', true, 0, now(), now(), '') on conflict do nothing""";

    private final Mutiny.SessionFactory database;

    ServiceAccountStore(Mutiny.SessionFactory database) {
        this.database = database;
    }

    public Uni<Optional<ServiceAccount>> find(String name) {
        return database.withSession(session -> session.find(ServiceAccountRow.class, name))
                .map(row -> Optional.ofNullable(row).flatMap(ServiceAccountRow::account));
    }

    /**
     * By name.
     *
     * @param projects only those of these; empty for all
     */
    public Uni<List<ServiceAccount>> list(Optional<Set<String>> projects, String after, int limit) {
        return database.withSession(session -> session.createQuery(
                                "from ServiceAccountRow where name > :after and version > 0"
                                        + " and (:all = true or project in :projects) order by name",
                                ServiceAccountRow.class)
                        .setParameter("after", after)
                        .setParameter("all", projects.isEmpty())
                        .setParameter("projects", List.copyOf(projects.orElse(Set.of(""))))
                        .setMaxResults(limit)
                        .getResultList())
                .map(rows ->
                        rows.stream().flatMap(row -> row.account().stream()).toList());
    }

    /** The account, locked until the end of the transaction, whether or not there is one yet. */
    public Uni<ServiceAccountRow> lockOrMake(Mutiny.Session session, String name) {
        return session.createNativeQuery(MAKE)
                .setParameter("name", name)
                .executeUpdate()
                .chain(() -> session.find(ServiceAccountRow.class, name, PESSIMISTIC_WRITE));
    }

    public Uni<Optional<ServiceAccountRow>> lock(Mutiny.Session session, String name) {
        return session.find(ServiceAccountRow.class, name, PESSIMISTIC_WRITE)
                .map(row -> Optional.ofNullable(row).filter(each -> each.version > 0));
    }

    /** As it stays until the end of the transaction. */
    public Uni<Optional<ServiceAccount>> hold(Mutiny.Session session, String name) {
        return session.find(ServiceAccountRow.class, name, PESSIMISTIC_READ)
                .map(row -> Optional.ofNullable(row).flatMap(ServiceAccountRow::account));
    }
}
