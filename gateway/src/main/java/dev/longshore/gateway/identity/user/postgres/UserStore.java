package dev.longshore.gateway.identity.user.postgres;

import static jakarta.persistence.LockModeType.PESSIMISTIC_WRITE;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/** Accounts by their names. */
@ApplicationScoped
public class UserStore {

    /** Somewhere to take a lock before the account exists. */
    private static final String MAKE = """
            insert into account (username, version, updated_by, is_disabled) values (:name, 0, '', true)
            on conflict do nothing""";
    /** Any number, as long as nothing else in this database locks it. */
    private static final String LOCK_ADMINISTRATORS = "select 1 from pg_advisory_xact_lock(7811887413243081837)";

    private static final String OTHER_ADMINISTRATORS = """
            select count(*) from account where role = 'administrator' and not is_disabled and username <> :name""";

    private final Mutiny.SessionFactory database;

    UserStore(Mutiny.SessionFactory database) {
        this.database = database;
    }

    public Uni<Optional<User>> find(String name) {
        return database.withSession(session -> session.find(UserRow.class, name))
                .map(row -> Optional.ofNullable(row).flatMap(UserRow::user));
    }

    /** By name. */
    public Uni<List<User>> list(String after, int limit) {
        return database.withSession(session -> session.createQuery(
                                "from UserRow where username > :after and version > 0 order by username", UserRow.class)
                        .setParameter("after", after)
                        .setMaxResults(limit)
                        .getResultList())
                .map(rows -> rows.stream().flatMap(row -> row.user().stream()).toList());
    }

    /** The account, locked until the end of the transaction, whether or not there is one yet. */
    public Uni<UserRow> lockOrMake(Mutiny.Session session, String name) {
        return session.createNativeQuery(MAKE)
                .setParameter("name", name)
                .executeUpdate()
                .chain(() -> session.find(UserRow.class, name, PESSIMISTIC_WRITE));
    }

    public Uni<Optional<UserRow>> lock(Mutiny.Session session, String name) {
        return session.find(UserRow.class, name, PESSIMISTIC_WRITE)
                .map(row -> Optional.ofNullable(row).filter(each -> each.version > 0));
    }

    /** Whether someone else administers too; nobody changes that until the end of the transaction. */
    public Uni<Boolean> hasOtherAdministrator(Mutiny.Session session, String name) {
        return session.createNativeQuery(LOCK_ADMINISTRATORS, Integer.class)
                .getSingleResult()
                .chain(() -> session.createNativeQuery(OTHER_ADMINISTRATORS, Long.class)
                        .setParameter("name", name)
                        .getSingleResult())
                .map(others -> others > 0);
    }
}
