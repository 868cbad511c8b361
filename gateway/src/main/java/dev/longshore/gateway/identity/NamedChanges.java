package dev.longshore.gateway.identity;

import dev.longshore.events.ErrorCode;
import dev.longshore.gateway.access.Administered;
import dev.longshore.gateway.access.domain.Grants;
import dev.longshore.gateway.identity.Trail.Done;
import dev.longshore.gateway.identity.domain.Actor;
import dev.longshore.gateway.identity.domain.Changed;
import dev.longshore.gateway.identity.domain.Identity;
import dev.longshore.gateway.identity.domain.Named;
import dev.longshore.gateway.identity.postgres.NamedRow;
import dev.longshore.gateway.identity.postgres.NamedStore;
import dev.longshore.kit.http.Precondition;
import dev.longshore.kit.problem.ProblemException;
import dev.longshore.kit.row.Removal;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Consumer;
import org.hibernate.reactive.mutiny.Mutiny;

/** Puts and removes what has a name in a project, for who administers all it reaches, and says so in the trail. */
@ApplicationScoped
public class NamedChanges {

    private final Trail trail;
    private final Mutiny.SessionFactory database;
    private final Clock clock = Clock.systemUTC();

    NamedChanges(Trail trail, Mutiny.SessionFactory database) {
        this.trail = trail;
        this.database = database;
    }

    /**
     * What the names are names of.
     *
     * @param action what the trail's actions begin with
     * @param path what resources begin with, without the slash
     * @param missing said of what is not there, and of what one may not see
     */
    public record Kind(String action, String path, String missing) {

        public String resource(String name) {
            return path + "/" + name;
        }

        public ProblemException notFound() {
            return new ProblemException(ErrorCode.NOT_FOUND, missing);
        }
    }

    /** Who wants to change which one, and what has to be so. */
    public record Wish(String name, Precondition precondition, Actor by, Administered administered) {}

    /**
     * Makes or replaces one.
     *
     * @param write writes into the row all that is wanted
     * @throws ProblemException in the Uni, as {@link Administered} and {@link Precondition} have it
     */
    public <R extends NamedRow<T>, T extends Named> Uni<Changed<T>> put(
            Kind kind, NamedStore<R, T> store, Wish wish, Consumer<R> write) {
        return database.withTransaction((session, _) -> store.lockOrMake(session, wish.name())
                .chain(row -> {
                    var before = row.shown();
                    before.ifPresent(it -> requireAdministered(wish, it, Administered.NOT_SEEN));
                    var resource = kind.resource(wish.name());
                    wish.precondition().check(resource, before.map(Named::version));
                    write.accept(row);
                    var after = row.touch(
                            clock.instant().truncatedTo(ChronoUnit.MICROS),
                            wish.by().identity().name());
                    var done = Done.of(kind.action() + (before.isPresent() ? ".changed" : ".created"), resource)
                            .in(trailOf(after))
                            .with(before.map(Named::audited).orElse(null), after.audited());
                    return trail.append(session, wish.by(), done).replaceWith(new Changed<>(after, before.isEmpty()));
                }));
    }

    /** @throws ProblemException in the Uni, if there is none that one may see, and as for {@link #put} */
    public <R extends NamedRow<T>, T extends Named> Uni<Void> delete(Kind kind, NamedStore<R, T> store, Wish wish) {
        return database.withTransaction((session, _) -> store.lock(session, wish.name())
                .map(found -> found.orElseThrow(kind::notFound))
                .chain(row -> {
                    var before = row.shown().orElseThrow();
                    requireAdministered(wish, before, kind.missing());
                    var resource = kind.resource(wish.name());
                    wish.precondition().check(resource, Optional.of(before.version()));
                    var done = Done.of(kind.action() + ".deleted", resource)
                            .in(trailOf(before))
                            .with(before.audited(), null);
                    return Removal.of(session, row, wish.name()).chain(() -> trail.append(session, wish.by(), done));
                }));
    }

    private static void requireAdministered(Wish wish, Named thing, String missing) {
        wish.administered().require(thing.project(), thing.projects(), missing);
    }

    /** What belongs to the whole installation is told of where its identities are. */
    private static String trailOf(Named thing) {
        return thing.project().equals(Grants.WHOLE) ? Identity.PROJECT : thing.project();
    }
}
