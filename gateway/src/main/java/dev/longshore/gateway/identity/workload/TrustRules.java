package dev.longshore.gateway.identity.workload;

import dev.longshore.events.ErrorCode;
import dev.longshore.gateway.access.Administered;
import dev.longshore.gateway.identity.Trail;
import dev.longshore.gateway.identity.Trail.Done;
import dev.longshore.gateway.identity.domain.Actor;
import dev.longshore.gateway.identity.domain.Changed;
import dev.longshore.gateway.identity.workload.domain.TrustRule;
import dev.longshore.gateway.identity.workload.postgres.ShownRule;
import dev.longshore.gateway.identity.workload.postgres.TrustRuleRow;
import dev.longshore.gateway.identity.workload.postgres.TrustRuleStore;
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

/** Changes trust rules, on behalf of who administers their project. */
@ApplicationScoped
public class TrustRules {

    private static final String MISSING = "There is no trust rule of this name";

    private final TrustRuleStore store;
    private final Workloads workloads;
    private final Trail trail;
    private final Mutiny.SessionFactory database;
    private final Clock clock = Clock.systemUTC();

    TrustRules(TrustRuleStore store, Workloads workloads, Trail trail, Mutiny.SessionFactory database) {
        this.store = store;
        this.workloads = workloads;
        this.trail = trail;
        this.database = database;
    }

    public Uni<Changed<ShownRule>> put(TrustRule rule, Precondition precondition, Actor by, Administered administered) {
        administered.require(List.of(rule.project()));
        return database.withTransaction((session, _) -> store.lockOrMake(session, rule.name())
                        .invoke(row -> row.shown()
                                .ifPresent(before -> administered.require(
                                        before.project(), List.of(before.project()), Administered.NOT_SEEN)))
                        .chain(row -> write(session, row, rule, precondition, by)))
                .invoke(workloads::forget);
    }

    public Uni<Void> delete(String name, Precondition precondition, Actor by, Administered administered) {
        return database.withTransaction((session, _) -> store.lock(session, name)
                        .map(found -> found.orElseThrow(() -> new ProblemException(ErrorCode.NOT_FOUND, MISSING)))
                        .chain(row -> {
                            var before = row.shown().orElseThrow();
                            administered.require(before.project(), List.of(before.project()), MISSING);
                            precondition.check(resource(name), Optional.of(before.version()));
                            var done = Done.of("trust-rule.deleted", resource(name))
                                    .in(audited(before))
                                    .with(before.audited(), null);
                            return Removal.of(session, row, name).chain(() -> trail.append(session, by, done));
                        }))
                .invoke(workloads::forget);
    }

    private Uni<Changed<ShownRule>> write(
            Mutiny.Session session, TrustRuleRow row, TrustRule rule, Precondition precondition, Actor by) {
        var before = row.shown();
        precondition.check(resource(rule.name()), before.map(ShownRule::version));
        var after = row.write(
                rule,
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                by.identity().name());
        var done = Done.of(before.isPresent() ? "trust-rule.changed" : "trust-rule.created", resource(rule.name()))
                .in(audited(after))
                .with(before.map(ShownRule::audited).orElse(null), after.audited());
        return trail.append(session, by, done).replaceWith(new Changed<>(after, before.isEmpty()));
    }

    /** What belongs to the whole installation is told of in the default project. */
    private static String audited(ShownRule rule) {
        return rule.project().equals("*") ? "default" : rule.project();
    }

    private static String resource(String name) {
        return "trust-rules/" + name;
    }
}
