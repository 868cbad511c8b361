package dev.longshore.retention.plan;

import dev.longshore.events.ConfigEvent.RetentionPolicyConfigured;
import dev.longshore.retention.postgres.KnownTo;
import dev.longshore.retention.postgres.Plan;
import dev.longshore.retention.postgres.Plans;
import dev.longshore.tasks.NewTask;
import dev.longshore.tasks.Tasks;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import org.hibernate.reactive.mutiny.Mutiny;

/** Has a plan made, whoever asks. */
@ApplicationScoped
public class RequestPlan {

    /** What the service does of itself. */
    public static final String SERVICE = "service:retention-service";

    static final String EXECUTION_PREFIX = "ret";
    private static final String EXECUTION_KIND = "retention-plan";
    private static final String APPLICATION_KIND = "retention";

    private final Tasks tasks;
    private final Plans plans;
    private final KnownTo knownTo;
    private final Clock clock = Clock.systemUTC();

    RequestPlan(Tasks tasks, Plans plans, KnownTo knownTo) {
        this.tasks = tasks;
        this.plans = plans;
        this.knownTo = knownTo;
    }

    /** Emits the plan that is being made; its id is that of the execution that makes it. */
    public Uni<Plan> of(
            Mutiny.Session session, RetentionPolicyConfigured policy, String requestedBy, boolean applyAtOnce) {
        return tasks.newExecution(
                        session,
                        EXECUTION_PREFIX,
                        policy.project(),
                        EXECUTION_KIND,
                        "retention-policies/" + policy.name(),
                        requestedBy)
                .chain(id -> knownTo.now(session)
                        .map(known -> Plan.begun(id, policy, requestedBy, applyAtOnce, known, clock.instant())))
                .call(plan -> plans.add(session, plan))
                .call(plan -> tasks.enqueue(
                        session,
                        NewTask.of(PlanTask.KIND, plan.project(), new PlanTask(plan.id()))
                                .withExecution(plan.id())));
    }

    /** Emits the execution in which the plan is applied. */
    public Uni<String> application(Mutiny.Session session, Plan plan, String appliedBy) {
        return tasks.newExecution(
                        session,
                        EXECUTION_PREFIX,
                        plan.project(),
                        APPLICATION_KIND,
                        "retention-plans/" + plan.id(),
                        appliedBy)
                .call(execution -> tasks.enqueue(
                        session,
                        NewTask.of(ApplyTask.KIND, plan.project(), new ApplyTask(plan.id(), appliedBy))
                                .withExecution(execution)));
    }
}
