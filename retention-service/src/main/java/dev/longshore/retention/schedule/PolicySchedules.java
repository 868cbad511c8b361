package dev.longshore.retention.schedule;

import dev.longshore.events.ConfigEvent.RetentionPolicyConfigured;
import dev.longshore.kit.work.Background;
import dev.longshore.retention.plan.RequestPlan;
import dev.longshore.retention.postgres.Policies;
import dev.longshore.retention.postgres.Schedules;
import dev.longshore.retention.postgres.Schedules.Due;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/** Has the policies planned whose time has come, each once, however many replicas look. A time missed is made up for once. */
@ApplicationScoped
public class PolicySchedules {

    private static final Logger LOG = Logger.getLogger(PolicySchedules.class);
    private static final int AT_ONCE = 50;
    private static final String APPLY = "apply";

    private final Mutiny.SessionFactory sessions;
    private final Schedules schedules;
    private final Policies policies;
    private final RequestPlan requestPlan;
    private final Background background;
    private final Clock clock = Clock.systemUTC();

    PolicySchedules(
            Mutiny.SessionFactory sessions,
            Schedules schedules,
            Policies policies,
            RequestPlan requestPlan,
            Background background) {
        this.sessions = sessions;
        this.schedules = schedules;
        this.policies = policies;
        this.requestPlan = requestPlan;
        this.background = background;
    }

    /** The policy was configured: from now on it is evaluated by its schedule, or by none. */
    public Uni<Void> configured(Mutiny.Session session, RetentionPolicyConfigured policy) {
        var schedule = policy.enabled() ? policy.schedule() : null;
        var next = Optional.ofNullable(schedule).flatMap(this::next);
        return schedule != null && next.isPresent()
                ? schedules.put(session, policy.name(), schedule, next.get())
                : schedules.remove(session, policy.name());
    }

    public Uni<Void> removed(Mutiny.Session session, String policy) {
        return schedules.remove(session, policy);
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
                ? schedules.runNext(session, due.policy(), next.get())
                : schedules.remove(session, due.policy());
        return onward.chain(() -> policies.find(session, due.policy())).chain(policy -> start(session, policy));
    }

    private Uni<Void> start(Mutiny.Session session, Optional<RetentionPolicyConfigured> policy) {
        return policy.filter(RetentionPolicyConfigured::enabled)
                .map(found -> requestPlan
                        .of(session, found, RequestPlan.SERVICE, found.mode().equals(APPLY))
                        .invoke(plan -> LOG.infof("%s is evaluated by its schedule: %s", found.name(), plan.id()))
                        .replaceWithVoid())
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    private Optional<Instant> next(String schedule) {
        try {
            return CronSchedule.parse(schedule).after(clock.instant());
        } catch (IllegalArgumentException invalid) {
            LOG.warnf("A policy's schedule '%s' cannot be read and is ignored: %s", schedule, invalid.getMessage());
            return Optional.empty();
        }
    }
}
