package dev.longshore.gateway.identity.account;

import com.fasterxml.uuid.Generators;
import dev.longshore.events.ErrorCode;
import dev.longshore.gateway.access.Administered;
import dev.longshore.gateway.identity.Trail;
import dev.longshore.gateway.identity.Trail.Done;
import dev.longshore.gateway.identity.account.domain.ApiToken;
import dev.longshore.gateway.identity.account.domain.Scope;
import dev.longshore.gateway.identity.account.postgres.ServiceAccount;
import dev.longshore.gateway.identity.account.postgres.ServiceAccountStore;
import dev.longshore.gateway.identity.account.postgres.Token;
import dev.longshore.gateway.identity.account.postgres.TokenRow;
import dev.longshore.gateway.identity.account.postgres.TokenStore;
import dev.longshore.gateway.identity.domain.Actor;
import dev.longshore.kit.problem.ProblemException;
import dev.longshore.kit.row.Removal;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Makes, rotates and revokes the tokens of service accounts. */
@ApplicationScoped
public class AccountTokens {

    private final ServiceAccountStore accounts;
    private final TokenStore store;
    private final ApiTokens known;
    private final Trail trail;
    private final Mutiny.SessionFactory database;
    private final MeterRegistry meters;
    private final SecureRandom random = new SecureRandom();
    private final Clock clock = Clock.systemUTC();

    /** A new one, whose secret is shown this once. */
    public record Made(ApiToken secret, Token token) {}

    /** Whose tokens, on whose behalf. */
    public record In(String account, Actor by, Administered administered) {}

    AccountTokens(
            ServiceAccountStore accounts,
            TokenStore store,
            ApiTokens known,
            Trail trail,
            Mutiny.SessionFactory database,
            MeterRegistry meters) {
        this.accounts = accounts;
        this.store = store;
        this.known = known;
        this.trail = trail;
        this.database = database;
        this.meters = meters;
    }

    public Uni<Made> make(In in, @Nullable String description, Scope scope, Duration lifetime) {
        return within(in, (session, account) -> {
                    var made = made(description, scope, lifetime, in.by());
                    var done = done("token.created", account, made.token().id())
                            .with(null, made.token().audited());
                    return store.add(session, account.name(), made.secret(), made.token())
                            .chain(() -> trail.append(session, in.by(), done))
                            .replaceWith(made);
                })
                .invoke(() -> count("created"));
    }

    /** A new one that reaches as far and lives as long; the old one ends after the overlap. */
    public Uni<Made> rotate(In in, String id, Duration overlap) {
        return within(
                        in,
                        (session, account) -> locked(session, account.name(), id)
                                .chain(old -> {
                                    var before = old.token();
                                    if (!before.expiresAt().isAfter(clock.instant())) {
                                        throw new ProblemException(
                                                ErrorCode.CONFLICT, "This token has expired: make a new one");
                                    }
                                    var lifetime = Duration.between(before.createdAt(), before.expiresAt());
                                    var made = made(before.description(), old.scope(), lifetime, in.by());
                                    old.expireBy(now().plus(overlap));
                                    var done = done("token.rotated", account, id)
                                            .because("Replaced by "
                                                    + made.token().id())
                                            .with(before.audited(), old.token().audited());
                                    return store.add(session, account.name(), made.secret(), made.token())
                                            .chain(() -> trail.append(session, in.by(), done))
                                            .replaceWith(made);
                                }))
                .invoke(() -> count("rotated"));
    }

    public Uni<Void> revoke(In in, String id) {
        return within(
                        in,
                        (session, account) -> locked(session, account.name(), id)
                                .chain(row -> {
                                    var done = done("token.revoked", account, id)
                                            .with(row.token().audited(), null);
                                    return Removal.of(session, row, id)
                                            .chain(() -> trail.append(session, in.by(), done));
                                }))
                .invoke(() -> count("revoked"));
    }

    public Uni<List<Token>> list(In in, String after, int limit) {
        return within(in, (session, account) -> store.list(session, account.name(), after, limit));
    }

    private <T> Uni<T> within(In in, Work<T> work) {
        return database.withTransaction((session, _) -> accounts.hold(session, in.account())
                        .map(found -> found.orElseThrow(ServiceAccounts.KIND::notFound))
                        .invoke(account -> in.administered()
                                .require(account.project(), account.projects(), ServiceAccounts.KIND.missing()))
                        .chain(account -> work.with(session, account)))
                .invoke(() -> known.forget(in.account()));
    }

    @FunctionalInterface
    private interface Work<T> {
        Uni<T> with(Mutiny.Session session, ServiceAccount account);
    }

    private Made made(@Nullable String description, Scope scope, Duration lifetime, Actor by) {
        var secret = ApiToken.random(random);
        var id = "tok-" + Generators.timeBasedEpochGenerator().generate();
        var now = now();
        var token = Token.of(
                id, secret.prefix(), description, scope, now, by.identity().name(), now.plus(lifetime));
        return new Made(secret, token);
    }

    private Uni<TokenRow> locked(Mutiny.Session session, String account, String id) {
        return store.lock(session, account, id)
                .map(found -> found.orElseThrow(
                        () -> new ProblemException(ErrorCode.NOT_FOUND, "There is no token of this id")));
    }

    private static Done done(String action, ServiceAccount account, String id) {
        return Done.of(action, ServiceAccounts.KIND.resource(account.name()) + "/tokens/" + id)
                .in(account.project());
    }

    private void count(String action) {
        meters.counter("longshore.tokens", "action", action).increment();
    }

    /** PostgreSQL keeps microseconds; what is answered now is to be what is answered later. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
