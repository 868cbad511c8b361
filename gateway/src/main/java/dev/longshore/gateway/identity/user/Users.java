package dev.longshore.gateway.identity.user;

import dev.longshore.events.ErrorCode;
import dev.longshore.gateway.access.domain.Role;
import dev.longshore.gateway.identity.Trail;
import dev.longshore.gateway.identity.Trail.Done;
import dev.longshore.gateway.identity.domain.Actor;
import dev.longshore.gateway.identity.domain.Changed;
import dev.longshore.gateway.identity.user.postgres.User;
import dev.longshore.gateway.identity.user.postgres.UserRow;
import dev.longshore.gateway.identity.user.postgres.UserStore;
import dev.longshore.gateway.session.PasswordChecks;
import dev.longshore.gateway.session.Sessions;
import dev.longshore.kit.http.Precondition;
import dev.longshore.kit.problem.FieldError;
import dev.longshore.kit.problem.ProblemException;
import dev.longshore.kit.row.Removal;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Changes people's accounts. Who is disabled, removed, or has a new password is signed out. */
@ApplicationScoped
public class Users {

    private final UserStore store;
    private final Sessions sessions;
    private final PasswordChecks passwords;
    private final Trail trail;
    private final Mutiny.SessionFactory database;
    private final Clock clock = Clock.systemUTC();

    /** @param password absent where it stays as it is */
    public record Wanted(
            @Nullable String role,
            @Nullable String email,
            boolean isDisabled,
            @Nullable String password) {

        @Override
        public String toString() {
            return "Wanted " + role;
        }
    }

    Users(UserStore store, Sessions sessions, PasswordChecks passwords, Trail trail, Mutiny.SessionFactory database) {
        this.store = store;
        this.sessions = sessions;
        this.passwords = passwords;
        this.trail = trail;
        this.database = database;
    }

    public Uni<Changed<User>> put(String name, Wanted wanted, Precondition precondition, Actor by) {
        return hash(wanted.password(), by)
                .chain(hash -> database.withTransaction((session, _) -> store.lockOrMake(session, name)
                        .call(row -> keepAnAdministrator(session, row.shown(), isAdministrator(wanted), name))
                        .chain(row -> write(session, row, wanted, hash, precondition, by))))
                .invoke(() -> sessions.forget(name));
    }

    /** One's own, by who knows the old one. The session goes on; others of the same person end. */
    public Uni<Void> changePassword(Actor self, String password) {
        var name = self.identity().name();
        return passwords
                .hash(password, name)
                .chain(hash -> database.withTransaction((session, _) -> locked(session, name)
                        .invoke(row -> row.setPassword(hash))
                        .map(row -> row.touch(now(), name))
                        .call(() ->
                                sessions.endAll(session, name, self.identity().id()))
                        .call(() -> trail.append(session, self, Done.of("user.password-changed", "users/" + name)))))
                .invoke(() -> sessions.forget(name))
                .replaceWithVoid();
    }

    public Uni<User> changeEmail(Actor self, @Nullable String email) {
        var name = self.identity().name();
        return database.withTransaction((session, _) -> locked(session, name).chain(row -> {
            var before = row.shown().orElseThrow();
            row.write(before.role(), email, before.isDisabled());
            var after = row.touch(now(), name);
            var done = Done.of("user.changed", "users/" + name).with(before.audited(), after.audited());
            return trail.append(session, self, done).replaceWith(after);
        }));
    }

    public Uni<Void> delete(String name, Precondition precondition, Actor by) {
        return database.withTransaction((session, _) -> locked(session, name)
                        .call(row -> keepAnAdministrator(session, row.shown(), false, name))
                        .chain(row -> {
                            var before = row.shown().orElseThrow();
                            precondition.check("users/" + name, Optional.of(before.version()));
                            var done = Done.of("user.deleted", "users/" + name).with(before.audited(), null);
                            return Removal.of(session, row, name).chain(() -> trail.append(session, by, done));
                        }))
                .invoke(() -> sessions.forget(name));
    }

    private Uni<Changed<User>> write(
            Mutiny.Session session,
            UserRow row,
            Wanted wanted,
            Optional<String> hash,
            Precondition precondition,
            Actor by) {
        var before = row.shown();
        var resource = "users/" + row.name();
        precondition.check(resource, before.map(User::version));
        if (before.isEmpty() && hash.isEmpty()) {
            throw new ProblemException(
                    ErrorCode.INVALID_REQUEST,
                    "A new account needs a password",
                    List.of(new FieldError("/password", "A new account needs a password")));
        }
        row.write(wanted.role(), wanted.email(), wanted.isDisabled());
        hash.ifPresent(row::setPassword);
        var after = row.touch(now(), by.identity().name());
        var done = Done.of(before.isPresent() ? "user.changed" : "user.created", resource)
                .with(before.map(User::audited).orElse(null), after.audited())
                .because(hash.isPresent() && before.isPresent() ? "The password was set" : null);
        var mustSignInAgain = wanted.isDisabled() || hash.isPresent();
        return trail.append(session, by, done)
                .call(() -> mustSignInAgain
                        ? sessions.endAll(session, row.name(), ownSession(by, row.name()))
                        : Uni.createFrom().voidItem())
                .replaceWith(new Changed<>(after, before.isEmpty()));
    }

    /** Whoever sets their own password this way is not signed out by it. */
    private static String ownSession(Actor by, String name) {
        return by.identity().name().equals(name) ? by.identity().id() : "";
    }

    private Uni<Void> keepAnAdministrator(
            Mutiny.Session session, Optional<User> before, boolean staysOne, String name) {
        if (staysOne || before.filter(Users::isAdministrator).isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return store.hasOtherAdministrator(session, name)
                .invoke(hasOther -> {
                    if (!hasOther) {
                        throw new ProblemException(
                                ErrorCode.CONFLICT, "This is the last administrator: make another one first");
                    }
                })
                .replaceWithVoid();
    }

    private static boolean isAdministrator(User user) {
        return Role.ADMINISTRATOR.toString().equals(user.role()) && !user.isDisabled();
    }

    private static boolean isAdministrator(Wanted wanted) {
        return Role.ADMINISTRATOR.toString().equals(wanted.role()) && !wanted.isDisabled();
    }

    private Uni<UserRow> locked(Mutiny.Session session, String name) {
        return store.lock(session, name)
                .map(found -> found.orElseThrow(
                        () -> new ProblemException(ErrorCode.NOT_FOUND, "There is no user of this name")));
    }

    private Uni<Optional<String>> hash(@Nullable String password, Actor by) {
        return password == null
                ? Uni.createFrom().item(Optional.empty())
                : passwords.hash(password, by.identity().name()).map(Optional::of);
    }

    /** PostgreSQL keeps microseconds; what is answered now is to be what is answered later. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
