package dev.longshore.gateway.session;

import dev.longshore.events.AuditEvent.AuditRecorded;
import dev.longshore.events.AuditEvent.Result;
import dev.longshore.gateway.identity.domain.Identity;
import dev.longshore.gateway.session.domain.PasswordHash;
import dev.longshore.gateway.session.postgres.Account;
import dev.longshore.gateway.session.postgres.SessionStore;
import dev.longshore.kit.outbox.Outbox;
import dev.longshore.kit.trace.TraceParent;
import dev.longshore.kit.work.BlockingCalls;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/** Makes an account, with its audit entry. */
@ApplicationScoped
public class CreateAccount {

    private final SessionStore store;
    private final Mutiny.SessionFactory database;
    private final Outbox outbox;
    private final BlockingCalls blocking;
    private final Clock clock = Clock.systemUTC();

    CreateAccount(SessionStore store, Mutiny.SessionFactory database, Outbox outbox, BlockingCalls blocking) {
        this.store = store;
        this.database = database;
        this.outbox = outbox;
        this.blocking = blocking;
    }

    /** Emits false if there is one of this name. */
    public Uni<Boolean> create(
            String username, String password, String role, Optional<String> email, Identity by, String address) {
        return blocking.call(() -> new Account(username, PasswordHash.of(password), role))
                .chain(account -> database.withTransaction((transaction, _) -> store.add(transaction, account, email)
                        .call(added -> added
                                ? outbox.append(transaction, audit(account, by, address))
                                : Uni.createFrom().voidItem())));
    }

    private AuditRecorded audit(Account account, Identity by, String address) {
        return new AuditRecorded(
                by.project(),
                by.name(),
                address,
                by.id(),
                "account.created",
                "accounts/" + account.username(),
                Result.SUCCEEDED,
                null,
                null,
                Map.of("username", account.username(), "role", account.role()),
                TraceParent.traceId().orElse(null),
                clock.instant());
    }
}
