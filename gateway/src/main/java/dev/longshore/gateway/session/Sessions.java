package dev.longshore.gateway.session;

import com.fasterxml.uuid.Generators;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.longshore.events.ErrorCode;
import dev.longshore.gateway.identity.KnownGrants;
import dev.longshore.gateway.identity.Proofs;
import dev.longshore.gateway.identity.Trail.Done;
import dev.longshore.gateway.identity.domain.Actor;
import dev.longshore.gateway.identity.domain.Identity;
import dev.longshore.gateway.identity.domain.Identity.Kind;
import dev.longshore.gateway.session.domain.SessionToken;
import dev.longshore.gateway.session.postgres.Account;
import dev.longshore.gateway.session.postgres.SessionStore;
import dev.longshore.kit.problem.ProblemException;
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
public class Sessions implements Proofs {

    private static final int REMEMBERED_TOKENS = 10_000;

    private final SessionStore store;
    private final PasswordChecks passwords;
    private final SignInThrottle throttle;
    private final SignInTrail trail;
    private final KnownGrants grants;
    private final Mutiny.SessionFactory database;
    private final SessionsConfig config;
    private final SecureRandom random = new SecureRandom();
    private final Clock clock = Clock.systemUTC();
    /** By the token's hash. Also knows for a moment which tokens are none, so that guessing does not reach the database. */
    private final Cache<String, Optional<Identity>> remembered;

    /** What signing in gives: the token is shown this once. */
    public record Opened(
            SessionToken token, Identity session, @Nullable String role) {}

    Sessions(
            SessionStore store,
            PasswordChecks passwords,
            SignInThrottle throttle,
            SignInTrail trail,
            KnownGrants grants,
            Mutiny.SessionFactory database,
            SessionsConfig config) {
        this.store = store;
        this.passwords = passwords;
        this.throttle = throttle;
        this.trail = trail;
        this.grants = grants;
        this.database = database;
        this.config = config;
        this.remembered = Caffeine.newBuilder()
                .expireAfterWrite(config.remembered())
                .maximumSize(REMEMBERED_TOKENS)
                .build();
    }

    /** Fails in the same way, and after as long, for an unknown name and a wrong password. */
    public Uni<Opened> open(String username, String password, String address) {
        return throttle.admit(username, address)
                .onFailure(ProblemException.class)
                .invoke(() -> trail.count("throttled"))
                .chain(admission -> store.account(username)
                        .chain(account -> passwords
                                .matches(password, account, admission.lane())
                                .chain(matches -> account.filter(_ -> matches)
                                        .map(known -> throttle.succeeded(admission)
                                                .chain(() -> open(known, address, "password")))
                                        .orElseGet(() ->
                                                throttle.failed(admission).chain(() -> refuse(username, address))))));
    }

    /** For someone who proved elsewhere who they are. */
    public Uni<Opened> open(Account account, String address, String proof) {
        var token = SessionToken.random(random);
        var id = "ses-" + Generators.timeBasedEpochGenerator().generate();
        var expiresAt = clock.instant().plus(config.lifetime());
        var session = new Identity(
                id, Kind.USER, account.username(), account.grants(), List.of(), expiresAt, account.groups());
        return database.withTransaction((transaction, _) -> store.open(transaction, token, session, address, proof)
                        .chain(() -> trail.opened(transaction, new Actor(session, address), proof)))
                .invoke(() -> trail.count("opened"))
                .replaceWith(new Opened(token, session, account.role()));
    }

    /** Whether it is the password of this session's owner; guessing it is slowed down as signing in is. */
    public Uni<Boolean> isPasswordOf(Actor actor, String password) {
        return throttle.admit(actor.identity().name(), actor.address())
                .chain(admission -> store.account(admission.username())
                        .chain(account -> passwords.matches(password, account, admission.lane()))
                        .call(matches -> matches ? throttle.succeeded(admission) : throttle.failed(admission)));
    }

    @Override
    public String kind() {
        return "session";
    }

    @Override
    public boolean areLike(String token) {
        return SessionToken.isPlausible(token);
    }

    /** Empty also if the session has ended. */
    @Override
    public Uni<Optional<Identity>> find(String token) {
        var hash = new SessionToken(token).hash();
        var known = remembered.getIfPresent(hash);
        var found = known != null ? Uni.createFrom().item(known) : lookUp(hash);
        return found.map(session -> session.filter(each -> each.expiresAt().isAfter(clock.instant())));
    }

    public Uni<Void> end(Actor actor, String id) {
        var done = Done.of("session.closed", "sessions/" + id);
        return database.withTransaction((transaction, _) -> store.end(transaction, id)
                        .call(ended -> ended
                                ? trail.append(transaction, actor, done)
                                : Uni.createFrom().voidItem()))
                .invoke(() -> remembered
                        .asMap()
                        .values()
                        .removeIf(session ->
                                session.filter(each -> each.id().equals(id)).isPresent()))
                .replaceWithVoid();
    }

    /**
     * Ends all sessions of someone, in a transaction after which {@link #forget} is to be called.
     *
     * @param but the one that goes on; empty for none
     */
    public Uni<Void> endAll(Mutiny.Session transaction, String username, String but) {
        return store.endAll(transaction, username, but);
    }

    /** What is remembered of someone is looked up again. Other gateways do so within a few seconds by themselves. */
    public void forget(String username) {
        remembered
                .asMap()
                .values()
                .removeIf(session ->
                        session.filter(each -> each.name().equals(username)).isPresent());
    }

    private Uni<Optional<Identity>> lookUp(String hash) {
        return store.session(hash).chain(this::withGrants).invoke(session -> remembered.put(hash, session));
    }

    private Uni<Optional<Identity>> withGrants(Optional<Identity> session) {
        return session.map(each -> grants.of(each.kind(), each.name(), each.groups(), each.grants())
                        .map(all -> Optional.of(each.with(all))))
                .orElseGet(() -> Uni.createFrom().item(Optional.empty()));
    }

    private Uni<Opened> refuse(String username, String address) {
        return database.withTransaction((transaction, _) -> trail.refused(transaction, username, address))
                .invoke(() -> trail.count("refused"))
                .chain(() -> Uni.createFrom()
                        .failure(new ProblemException(
                                ErrorCode.UNAUTHENTICATED, "The username or the password is wrong")));
    }
}
