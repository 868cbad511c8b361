package dev.longshore.replication.schedule;

import dev.longshore.kit.work.Background;
import dev.longshore.replication.domain.ReplicationRule;
import dev.longshore.replication.plan.Occasion;
import dev.longshore.replication.plan.RequestCopies;
import dev.longshore.replication.postgres.Rules;
import dev.longshore.replication.postgres.Schedules;
import dev.longshore.replication.postgres.Schedules.Due;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/** Starts the rules whose time has come, each once, however many replicas look. A time missed is made up for once. */
@ApplicationScoped
public class RuleSchedules {

    private static final Logger LOG = Logger.getLogger(RuleSchedules.class);
    private static final int AT_ONCE = 50;

    private final Mutiny.SessionFactory sessions;
    private final Schedules schedules;
    private final Rules rules;
    private final RequestCopies requestCopies;
    private final Background background;
    private final Clock clock = Clock.systemUTC();

    RuleSchedules(
            Mutiny.SessionFactory sessions,
            Schedules schedules,
            Rules rules,
            RequestCopies requestCopies,
            Background background) {
        this.sessions = sessions;
        this.schedules = schedules;
        this.rules = rules;
        this.requestCopies = requestCopies;
        this.background = background;
    }

    /** The rule was configured: from now on it runs by its schedule, or by none. */
    public Uni<Void> configured(Mutiny.Session session, ReplicationRule rule) {
        var next = rule.schedule().filter(_ -> rule.isEnabled()).flatMap(this::next);
        return next.isPresent()
                ? schedules.put(session, rule.name(), rule.schedule().orElseThrow(), next.get())
                : schedules.remove(session, rule.name());
    }

    public Uni<Void> removed(Mutiny.Session session, String rule) {
        return schedules.remove(session, rule);
    }

    @Scheduled(every = "5s", delayed = "5s")
    void look() {
        background.start("run schedules", this::runDue);
    }

    Uni<Void> runDue() {
        return sessions.withTransaction((session, _) -> schedules
                .claim(session, AT_ONCE)
                .chain(due -> Multi.createFrom()
                        .iterable(due)
                        .onItem()
                        .transformToUniAndConcatenate(each -> run(session, each))
                        .collect()
                        .last()
                        .replaceWithVoid()));
    }

    private Uni<Void> run(Mutiny.Session session, Due due) {
        var next = next(due.schedule());
        var onward = next.isPresent()
                ? schedules.runNext(session, due.rule(), next.get())
                : schedules.remove(session, due.rule());
        return onward.chain(() -> rules.find(session, due.rule())).chain(rule -> start(session, rule));
    }

    private Uni<Void> start(Mutiny.Session session, Optional<ReplicationRule> rule) {
        return rule.filter(ReplicationRule::isEnabled)
                .map(found -> requestCopies
                        .ofRule(session, found, Occasion.SERVICE, false)
                        .invoke(execution -> LOG.infof("%s runs by its schedule as %s", found.name(), execution))
                        .replaceWithVoid())
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    private Optional<Instant> next(String schedule) {
        try {
            return CronSchedule.parse(schedule).after(clock.instant());
        } catch (IllegalArgumentException invalid) {
            LOG.warnf("A rule's schedule '%s' cannot be read and is not run: %s", schedule, invalid.getMessage());
            return Optional.empty();
        }
    }
}
