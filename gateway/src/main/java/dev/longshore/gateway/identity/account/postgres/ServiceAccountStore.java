package dev.longshore.gateway.identity.account.postgres;

import static jakarta.persistence.LockModeType.PESSIMISTIC_READ;

import dev.longshore.gateway.identity.postgres.NamedStore;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/** Service accounts by their names. */
@Singleton
public class ServiceAccountStore extends NamedStore<ServiceAccountRow, ServiceAccount> {

    private static final String MAKE = """
            insert into service_account (name, project, roles, is_disabled, version, created_at, updated_at, updated_by)
            values (:name, '', '', true, 0, now(), now(), '') on conflict do nothing""";

    ServiceAccountStore(Mutiny.SessionFactory database) {
        super(database, ServiceAccountRow.class, MAKE);
    }

    /** As it stays until the end of the transaction. */
    public Uni<Optional<ServiceAccount>> hold(Mutiny.Session session, String name) {
        return session.find(ServiceAccountRow.class, name, PESSIMISTIC_READ)
                .map(row -> Optional.ofNullable(row).flatMap(ServiceAccountRow::shown));
    }
}
