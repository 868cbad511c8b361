package dev.longshore.gateway.session;

import dev.longshore.gateway.identity.Trail;
import dev.longshore.gateway.identity.Trail.Done;
import dev.longshore.gateway.identity.domain.Actor;
import dev.longshore.gateway.identity.domain.Identity;
import dev.longshore.gateway.session.postgres.Account;
import dev.longshore.gateway.session.postgres.SessionStore;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/** Makes an account, with its audit entry. */
@ApplicationScoped
public class CreateAccount {

    private final SessionStore store;
    private final Mutiny.SessionFactory database;
    private final Trail trail;
    private final PasswordChecks passwords;

    CreateAccount(SessionStore store, Mutiny.SessionFactory database, Trail trail, PasswordChecks passwords) {
        this.store = store;
        this.database = database;
        this.trail = trail;
        this.passwords = passwords;
    }

    /** Emits false if there is one of this name. */
    public Uni<Boolean> create(
            String username, String password, String role, Optional<String> email, Identity by, String address) {
        return passwords
                .hash(password, by.name())
                .map(hash -> new Account(username, hash, role))
                .chain(account ->
                        database.withTransaction((transaction, _) -> store.add(transaction, account, email, by.name())
                                .call(added -> added
                                        ? trail.append(transaction, new Actor(by, address), done(account))
                                        : Uni.createFrom().voidItem())));
    }

    private static Done done(Account account) {
        return Done.of("user.created", "users/" + account.username())
                .with(null, Map.of("name", account.username(), "role", String.valueOf(account.role())));
    }
}
