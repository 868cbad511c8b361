package dev.longshore.gateway.identity.oidc.postgres;

import dev.longshore.gateway.identity.oidc.domain.ExternalPerson;
import dev.longshore.gateway.session.postgres.Account;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hibernate.reactive.mutiny.Mutiny;

/** The accounts of people who sign in elsewhere: known by issuer and subject, never by their name. */
@ApplicationScoped
public class ExternalAccounts {

    /** A name that somebody has is not taken over. */
    private static final String MAKE = """
            insert into account (username, email, external_id, member_of, updated_by)
            values (:name, nullif(:email, ''), :id, :groups, :name) on conflict do nothing""";

    private static final String UPDATE = """
            update account set email = nullif(:email, ''), member_of = :groups,
                   version = version + case when member_of = :groups and coalesce(email, '') = :email then 0 else 1 end
            where external_id = :id
            returning username, coalesce(role, ''), is_disabled""";

    /** Whether it is new. */
    public record Found(Account account, boolean isNew) {}

    /** Empty if the name belongs to somebody else. */
    public Uni<Optional<Found>> findOrMake(Mutiny.Session session, ExternalPerson person) {
        return update(session, person)
                .chain(found -> found.isPresent()
                        ? Uni.createFrom().item(found.map(account -> new Found(account, false)))
                        : make(session, person).map(made -> made.map(account -> new Found(account, true))));
    }

    private static Uni<Optional<Account>> make(Mutiny.Session session, ExternalPerson person) {
        return session.createNativeQuery(MAKE)
                .setParameter("name", person.name())
                .setParameter("email", person.email().orElse(""))
                .setParameter("id", person.id())
                .setParameter("groups", String.join("\n", person.groups()))
                .executeUpdate()
                .chain(_ -> update(session, person));
    }

    private static Uni<Optional<Account>> update(Mutiny.Session session, ExternalPerson person) {
        return session.createNativeQuery(UPDATE, Object[].class)
                .setParameter("email", person.email().orElse(""))
                .setParameter("groups", String.join("\n", person.groups()))
                .setParameter("id", person.id())
                .getResultList()
                .map(rows -> rows.stream().findFirst().map(row -> account(row, person.groups())));
    }

    private static Account account(Object[] row, Set<String> groups) {
        var values = List.of(row);
        return new Account((String) values.get(0), null, (String) values.get(1), (Boolean) values.get(2), groups);
    }
}
