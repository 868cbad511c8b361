package dev.longshore.retention.schedule;

import dev.longshore.events.ConfigEvent.RetentionPolicyConfigured;
import dev.longshore.kit.work.Background;
import dev.longshore.retention.plan.RequestPlan;
import dev.longshore.retention.postgres.Policies;
import dev.longshore.schedules.Timetable;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/** Has the policies planned whose time has come, each once, however many replicas look. A time missed is made up for once. */
@ApplicationScoped
public class PolicySchedules {

    private static final Logger LOG = Logger.getLogger(PolicySchedules.class);
    private static final String APPLY = "apply";

    private final Timetable timetable;
    private final Policies policies;
    private final RequestPlan requestPlan;
    private final Background background;

    PolicySchedules(Timetable timetable, Policies policies, RequestPlan requestPlan, Background background) {
        this.timetable = timetable;
        this.policies = policies;
        this.requestPlan = requestPlan;
        this.background = background;
    }

    /** The policy was configured: from now on it is evaluated by its schedule, or by none. */
    public Uni<Void> configured(Mutiny.Session session, RetentionPolicyConfigured policy) {
        return timetable.set(
                session, policy.name(), Optional.ofNullable(policy.schedule()).filter(_ -> policy.enabled()));
    }

    public Uni<Void> removed(Mutiny.Session session, String policy) {
        return timetable.remove(session, policy);
    }

    @Scheduled(every = "5s", delayed = "5s")
    void look() {
        background.start("run schedules", () -> timetable.runDue(this::start));
    }

    private Uni<Void> start(Mutiny.Session session, String policy) {
        return policies.find(session, policy).chain(found -> start(session, found));
    }

    private Uni<Void> start(Mutiny.Session session, Optional<RetentionPolicyConfigured> policy) {
        return policy.filter(RetentionPolicyConfigured::enabled)
                .map(found -> requestPlan
                        .of(session, found, RequestPlan.SERVICE, found.mode().equals(APPLY))
                        .invoke(plan -> LOG.infof("%s is evaluated by its schedule: %s", found.name(), plan.id()))
                        .replaceWithVoid())
                .orElseGet(() -> Uni.createFrom().voidItem());
    }
}
