package dev.longshore.gateway.identity.oidc;

import dev.longshore.events.ErrorCode;
import dev.longshore.gateway.access.domain.Grants;
import dev.longshore.gateway.identity.OidcConfig;
import dev.longshore.gateway.identity.Trail;
import dev.longshore.gateway.identity.Trail.Done;
import dev.longshore.gateway.identity.domain.Actor;
import dev.longshore.gateway.identity.domain.Identity;
import dev.longshore.gateway.identity.domain.Identity.Kind;
import dev.longshore.gateway.identity.oidc.domain.ExternalPerson;
import dev.longshore.gateway.identity.oidc.postgres.ExternalAccounts;
import dev.longshore.gateway.identity.oidc.postgres.ExternalAccounts.Found;
import dev.longshore.gateway.session.Sessions;
import dev.longshore.gateway.session.Sessions.Opened;
import dev.longshore.gateway.session.postgres.Account;
import dev.longshore.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.hibernate.reactive.mutiny.Mutiny;

/** Opens a session for someone whom the provider vouches for. Their account is made when they first come. */
@ApplicationScoped
class OidcSignIn {

    private final ExternalAccounts accounts;
    private final Sessions sessions;
    private final Trail trail;
    private final Mutiny.SessionFactory database;
    private final OidcConfig config;

    OidcSignIn(
            ExternalAccounts accounts,
            Sessions sessions,
            Trail trail,
            Mutiny.SessionFactory database,
            OidcConfig config) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.trail = trail;
        this.database = database;
        this.config = config;
    }

    /** @param proof how it was proved: {@code oidc} or {@code device} */
    Uni<Opened> open(Map<String, Object> claims, String address, String proof) {
        var person = ExternalPerson.of(claims, config.usernameClaim(), config.groupsClaim())
                .orElseThrow(() -> new ProblemException(
                        ErrorCode.UNAUTHENTICATED,
                        "The provider does not say by which name to know you: the claim '%s'"
                                .formatted(config.usernameClaim())));
        return database.withTransaction((session, _) -> accounts.findOrMake(session, person)
                        .map(found -> found.orElseThrow(() -> new ProblemException(
                                ErrorCode.CONFLICT,
                                "The name '%s' belongs to another account here".formatted(person.name()))))
                        .call(found -> found.isNew()
                                ? trail.append(session, self(person, address), made(person))
                                : Uni.createFrom().voidItem()))
                .map(Found::account)
                .invoke(OidcSignIn::requireEnabled)
                .invoke(account -> sessions.forget(account.username()))
                .chain(account -> sessions.open(account, address, proof));
    }

    private static void requireEnabled(Account account) {
        if (account.isDisabled()) {
            throw new ProblemException(ErrorCode.FORBIDDEN, "This account is disabled");
        }
    }

    private static Done made(ExternalPerson person) {
        return Done.of("user.created", "users/" + person.name())
                .with(null, Map.of("name", person.name(), "groups", List.copyOf(new TreeSet<>(person.groups()))))
                .because("Signed in elsewhere for the first time");
    }

    private static Actor self(ExternalPerson person, String address) {
        return new Actor(new Identity("oidc", Kind.USER, person.name(), Grants.NONE, List.of(), Instant.MAX), address);
    }
}
