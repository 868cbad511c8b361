package dev.longshore.retention.apply;

import dev.longshore.events.AuditEvent;
import dev.longshore.events.AuditEvent.AuditRecorded;
import dev.longshore.events.ErrorCode;
import dev.longshore.kit.outbox.Outbox;
import dev.longshore.kit.problem.ProblemException;
import dev.longshore.kit.trace.TraceParent;
import dev.longshore.retention.postgres.Plan;
import dev.longshore.retention.postgres.Plans;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Map;
import org.hibernate.reactive.mutiny.Mutiny;

/** Marks a plan as being applied, once. */
@ApplicationScoped
public class StartApplication {

    private final Plans plans;
    private final Outbox outbox;
    private final Clock clock = Clock.systemUTC();

    StartApplication(Plans plans, Outbox outbox) {
        this.plans = plans;
        this.outbox = outbox;
    }

    /** The plan as it is now, held until the session's transaction ends; fails unless it can be applied. */
    public Uni<Plan> lockOpen(Mutiny.Session session, String id) {
        return plans.lock(session, id)
                .map(found -> found.orElseThrow(() ->
                        new ProblemException(ErrorCode.NOT_FOUND, "There is no retention plan '%s'".formatted(id))))
                .invoke(PlanCurrency::requireOpen);
    }

    public Uni<Void> begin(Mutiny.Session session, Plan plan, String execution, String appliedBy) {
        var entry = new AuditRecorded(
                plan.project(),
                appliedBy,
                null,
                null,
                "retention.applied",
                "retention-plans/" + plan.id(),
                AuditEvent.Result.SUCCEEDED,
                null,
                null,
                Map.of("policy", plan.policy(), "execution", execution),
                TraceParent.traceId().orElse(null),
                clock.instant());
        return plans.applying(session, plan.id(), execution, appliedBy).chain(() -> outbox.append(session, entry));
    }
}
