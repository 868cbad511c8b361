package dev.longshore.gateway.session;

import com.fasterxml.uuid.Generators;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.longshore.events.AuditEvent.AuditRecorded;
import dev.longshore.events.AuditEvent.Result;
import dev.longshore.events.ErrorCode;
import dev.longshore.gateway.identity.domain.Identity.Kind;
import dev.longshore.gateway.identity.domain.Identity;
import dev.longshore.gateway.session.domain.SessionToken;
import dev.longshore.gateway.session.postgres.Account;
import dev.longshore.gateway.session.postgres.SessionStore;
import dev.longshore.kit.outbox.Outbox;
import dev.longshore.kit.problem.ProblemException;
import dev.longshore.kit.trace.TraceParent;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Signs people in and out, and knows who is. Each sign-in, refused or not, is audited. */
@ApplicationScoped
public class Sessions {

    private static final int REMEMBERED_TOKENS = 10_000;

    private final SessionStore store;
    private final PasswordChecks passwords;
    private final Mutiny.SessionFactory database;
    private final Outbox outbox;
    private final MeterRegistry meters;
    private final SessionsConfig config;
    private final SecureRandom random = new SecureRandom();
    private final Clock clock = Clock.systemUTC();
    /** By the token's hash. Also knows for a moment which tokens are none, so that guessing does not reach the database. */
    private final Cache<String, Optional<Identity>> remembered;

    /** What signing in gives: the token is shown this once. */
    public record Opened(SessionToken token, Identity session, String role) {}

    Sessions(
            SessionStore store,
            PasswordChecks passwords,
            Mutiny.SessionFactory database,
            Outbox outbox,
            MeterRegistry meters,
            SessionsConfig config) {
        this.store = store;
        this.passwords = passwords;
        this.database = database;
        this.outbox = outbox;
        this.meters = meters;
        this.config = config;
        this.remembered = Caffeine.newBuilder()
                .expireAfterWrite(config.remembered())
                .maximumSize(REMEMBERED_TOKENS)
                .build();
    }

    /** Fails in the same way, and after as long, for an unknown name and a wrong password. */
    public Uni<Opened> open(String username, String password, String address) {
        return store.account(username)
                .chain(account -> passwords
                        .matches(password, account)
                        .chain(matches -> account.filter(_ -> matches)
                                .map(known -> open(known, address))
                                .orElseGet(() -> refuse(username, address))));
    }

    /** Who the token belongs to; empty if it is none, or its session has ended. */
    public Uni<Optional<Identity>> find(String token) {
        if (!SessionToken.isPlausible(token)) {
            return Uni.createFrom().item(Optional.empty());
        }
        var hash = new SessionToken(token).hash();
        var known = remembered.getIfPresent(hash);
        var found = known != null
                ? Uni.createFrom().item(known)
                : store.session(hash).invoke(session -> remembered.put(hash, session));
        return found.map(session -> session.filter(each -> each.expiresAt().isAfter(clock.instant())));
    }

    public Uni<Void> end(Identity session, String address) {
        var audit = audit(session.name(), address, session.id(), "session.closed", Result.SUCCEEDED);
        return database.withTransaction((transaction, _) ->
                        store.end(transaction, session.id()).chain(() -> outbox.append(transaction, audit)))
                .invoke(() -> remembered.asMap().values().removeIf(Optional.of(session)::equals));
    }

    private Uni<Opened> open(Account account, String address) {
        var token = SessionToken.random(random);
        var id = "ses-" + Generators.timeBasedEpochGenerator().generate();
        var expiresAt = clock.instant().plus(config.lifetime());
        var session = new Identity(id, Kind.USER, account.username(), account.grants(), List.of(), expiresAt);
        var audit = audit(account.username(), address, id, "session.opened", Result.SUCCEEDED);
        return database.withTransaction((transaction, _) ->
                        store.open(transaction, token, session, address).chain(() -> outbox.append(transaction, audit)))
                .invoke(() -> count("opened"))
                .replaceWith(new Opened(token, session, account.role()));
    }

    private Uni<Opened> refuse(String username, String address) {
        var audit = audit(printable(username), address, null, "session.opened", Result.REFUSED);
        return database.withTransaction((transaction, _) -> outbox.append(transaction, audit))
                .invoke(() -> count("refused"))
                .chain(() -> Uni.createFrom()
                        .failure(new ProblemException(
                                ErrorCode.UNAUTHENTICATED, "The username or the password is wrong")));
    }

    private AuditRecorded audit(String actor, String address, @Nullable String token, String action, Result result) {
        return new AuditRecorded(
                Identity.PROJECT,
                actor,
                address,
                token,
                action,
                "sessions",
                result,
                null,
                null,
                null,
                TraceParent.traceId().orElse(null),
                clock.instant());
    }

    private void count(String result) {
        meters.counter("longshore.sessions", "result", result).increment();
    }

    /** What someone typed as a name becomes a key and a line of text. */
    private static String printable(String username) {
        var printable = username.replaceAll("\\p{Cntrl}", "?");
        return printable.length() <= 128 ? printable : printable.substring(0, 128);
    }
}
