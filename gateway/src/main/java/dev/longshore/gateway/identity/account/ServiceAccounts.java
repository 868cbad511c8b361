package dev.longshore.gateway.identity.account;

import dev.longshore.events.ErrorCode;
import dev.longshore.gateway.access.Administered;
import dev.longshore.gateway.identity.Trail;
import dev.longshore.gateway.identity.Trail.Done;
import dev.longshore.gateway.identity.account.postgres.ServiceAccount;
import dev.longshore.gateway.identity.account.postgres.ServiceAccountRow;
import dev.longshore.gateway.identity.account.postgres.ServiceAccountRow.Content;
import dev.longshore.gateway.identity.account.postgres.ServiceAccountStore;
import dev.longshore.gateway.identity.domain.Actor;
import dev.longshore.gateway.identity.domain.Changed;
import dev.longshore.kit.http.Precondition;
import dev.longshore.kit.problem.ProblemException;
import dev.longshore.kit.row.Removal;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/** Changes service accounts. Whoever does has to administer every project in which the account has a role. */
@ApplicationScoped
public class ServiceAccounts {

    static final String MISSING = "There is no service account of this name";

    private final ServiceAccountStore store;
    private final ApiTokens tokens;
    private final Trail trail;
    private final Mutiny.SessionFactory database;
    private final Clock clock = Clock.systemUTC();

    ServiceAccounts(ServiceAccountStore store, ApiTokens tokens, Trail trail, Mutiny.SessionFactory database) {
        this.store = store;
        this.tokens = tokens;
        this.trail = trail;
        this.database = database;
    }

    public Uni<Changed<ServiceAccount>> put(
            String name, Content content, Precondition precondition, Actor by, Administered administered) {
        administered.require(List.of(content.project()));
        administered.require(content.grants().byProject().keySet());
        return database.withTransaction((session, _) -> store.lockOrMake(session, name)
                        .invoke(row -> row.account()
                                .ifPresent(before -> administered.require(
                                        before.project(), before.projects(), Administered.NOT_SEEN)))
                        .chain(row -> write(session, row, content, precondition, by)))
                .invoke(() -> tokens.forget(name));
    }

    /** Its tokens go with it. */
    public Uni<Void> delete(String name, Precondition precondition, Actor by, Administered administered) {
        return database.withTransaction((session, _) -> store.lock(session, name)
                        .map(found -> found.orElseThrow(ServiceAccounts::missing))
                        .chain(row -> {
                            var before = row.account().orElseThrow();
                            administered.require(before.project(), before.projects(), MISSING);
                            precondition.check(resource(name), Optional.of(before.version()));
                            var done = Done.of("service-account.deleted", resource(name))
                                    .in(before.project())
                                    .with(before.audited(), null);
                            return Removal.of(session, row, name).chain(() -> trail.append(session, by, done));
                        }))
                .invoke(() -> tokens.forget(name));
    }

    static String resource(String name) {
        return "service-accounts/" + name;
    }

    static ProblemException missing() {
        return new ProblemException(ErrorCode.NOT_FOUND, MISSING);
    }

    private Uni<Changed<ServiceAccount>> write(
            Mutiny.Session session, ServiceAccountRow row, Content content, Precondition precondition, Actor by) {
        var before = row.account();
        precondition.check(resource(row.name()), before.map(ServiceAccount::version));
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var after = row.write(content, now, by.identity().name());
        var done = Done.of(
                        before.isPresent() ? "service-account.changed" : "service-account.created",
                        resource(row.name()))
                .in(after.project())
                .with(before.map(ServiceAccount::audited).orElse(null), after.audited());
        return trail.append(session, by, done).replaceWith(new Changed<>(after, before.isEmpty()));
    }
}
