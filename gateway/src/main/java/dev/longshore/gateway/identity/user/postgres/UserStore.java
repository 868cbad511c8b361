package dev.longshore.gateway.identity.user.postgres;

import dev.longshore.gateway.identity.postgres.NamedStore;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/** Accounts by their names. */
@Singleton
public class UserStore extends NamedStore<UserRow, User> {

    private static final String MAKE = """
            insert into account (username, version, updated_by, is_disabled) values (:name, 0, '', true)
            on conflict do nothing""";
    /** Any number, as long as nothing else in this database locks it. */
    private static final String LOCK_ADMINISTRATORS = "select 1 from pg_advisory_xact_lock(7811887413243081837)";

    private static final String OTHER_ADMINISTRATORS = """
            select count(*) from account where role = 'administrator' and not is_disabled and username <> :name""";

    UserStore(Mutiny.SessionFactory database) {
        super(database, UserRow.class, MAKE);
    }

    /** By name. */
    public Uni<List<User>> list(String after, int limit) {
        return list(Optional.empty(), after, limit);
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
