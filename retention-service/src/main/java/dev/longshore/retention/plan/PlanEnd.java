package dev.longshore.retention.plan;

import dev.longshore.events.AuditEvent;
import dev.longshore.events.AuditEvent.AuditRecorded;
import dev.longshore.kit.outbox.Outbox;
import dev.longshore.kit.trace.TraceParent;
import dev.longshore.retention.postgres.Plan;
import dev.longshore.retention.postgres.PlanContents.Counts;
import dev.longshore.retention.postgres.Plans;
import dev.longshore.tasks.GivenUp;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Map;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Writes down that a plan is made, or that it cannot be. */
@ApplicationScoped
class PlanEnd {

    private static final Logger LOG = Logger.getLogger(PlanEnd.class);

    private final Plans plans;
    private final RequestPlan requestPlan;
    private final Outbox outbox;
    private final RetentionMetrics metrics;
    private final Clock clock = Clock.systemUTC();

    PlanEnd(Plans plans, RequestPlan requestPlan, Outbox outbox, RetentionMetrics metrics) {
        this.plans = plans;
        this.requestPlan = requestPlan;
        this.outbox = outbox;
        this.metrics = metrics;
    }

    /** What a schedule planned is applied at once if the policy says so. */
    Uni<Void> planned(Mutiny.Session session, Plan plan, Counts counts) {
        LOG.infof(
                "Planned %s by policy %s: %d images stay, %d would go",
                plan.id(), plan.policy(), counts.kept(), counts.deleted());
        metrics.planned(plan.policy(), "planned");
        return plans.planned(session, plan.id())
                .chain(() -> outbox.append(session, audit(plan, counts, null)))
                .chain(() -> plan.applyAtOnce() && counts.deleted() > 0
                        ? requestPlan
                                .application(session, plan, RequestPlan.SERVICE)
                                .replaceWithVoid()
                        : Uni.createFrom().voidItem());
    }

    Uni<Void> failed(Mutiny.Session session, String id, GivenUp why) {
        return plans.failed(session, id, why.code(), why.reason())
                .chain(() -> plans.find(session, id))
                .chain(found -> found.map(plan -> {
                            metrics.planned(plan.policy(), "failed");
                            return outbox.append(session, audit(plan, null, why));
                        })
                        .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    private AuditRecorded audit(Plan plan, @Nullable Counts counts, @Nullable GivenUp why) {
        return new AuditRecorded(
                plan.project(),
                plan.requestedBy(),
                null,
                null,
                "retention.planned",
                "retention-plans/" + plan.id(),
                why == null ? AuditEvent.Result.SUCCEEDED : AuditEvent.Result.FAILED,
                why == null ? null : why.code() + ": " + why.reason(),
                null,
                counts == null
                        ? null
                        : Map.of("policy", plan.policy(), "keep", counts.kept(), "delete", counts.deleted()),
                TraceParent.traceId().orElse(null),
                clock.instant());
    }
}
