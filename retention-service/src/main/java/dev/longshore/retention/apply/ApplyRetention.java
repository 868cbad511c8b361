package dev.longshore.retention.apply;

import dev.longshore.events.ErrorCode;
import dev.longshore.kit.change.FrozenException;
import dev.longshore.kit.problem.ProblemException;
import dev.longshore.retention.plan.ApplyTask;
import dev.longshore.retention.postgres.Plan;
import dev.longshore.tasks.ClaimedTask;
import dev.longshore.tasks.GivenUp;
import dev.longshore.tasks.Lease;
import dev.longshore.tasks.TaskFailure.GiveUp;
import dev.longshore.tasks.TaskFailure.RetryLater;
import dev.longshore.tasks.TaskHandler;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/** Has each deletion of a plan done by a task of its own: those of a repository one after the other, in the plan's order. */
@ApplicationScoped
class ApplyRetention implements TaskHandler {

    private static final Duration UNTIL_KNOWN = Duration.ofSeconds(2);

    private final Mutiny.SessionFactory sessions;
    private final ApplyChecks checks;
    private final StartApplication start;
    private final Applications applications;

    ApplyRetention(
            Mutiny.SessionFactory sessions, ApplyChecks checks, StartApplication start, Applications applications) {
        this.sessions = sessions;
        this.checks = checks;
        this.start = start;
        this.applications = applications;
    }

    @Override
    public String kind() {
        return ApplyTask.KIND;
    }

    @Override
    public int concurrency() {
        return 2;
    }

    @Override
    public Uni<Void> run(ClaimedTask task, Lease lease) {
        var apply = task.payload(ApplyTask.class);
        return sessions.withSession(session -> applications.find(session, apply.plan()))
                .chain(plan -> begin(plan, task, apply))
                .chain(() -> applications.enqueueAll(task, lease, apply))
                .onFailure(ProblemException.class)
                .transform(ApplyRetention::toTaskFailure)
                .onFailure(FrozenException.class)
                .transform(frozen -> new GiveUp(ErrorCode.FROZEN.code(), String.valueOf(frozen.getMessage())));
    }

    @Override
    public Uni<Void> givenUp(Mutiny.Session session, ClaimedTask task, GivenUp why) {
        return applications.notApplied(session, task.payload(ApplyTask.class).plan(), why);
    }

    /** What a schedule planned is checked here; what a person applies was checked when they asked. */
    private Uni<Void> begin(Plan plan, ClaimedTask task, ApplyTask apply) {
        var execution = Optional.ofNullable(task.execution()).orElse("");
        if (plan.state() == Plan.State.APPLYING && execution.equals(plan.execution())) {
            return Uni.createFrom().voidItem();
        }
        return checks.check(plan)
                .chain(() -> sessions.withTransaction((session, _) -> start.lockOpen(session, plan.id())
                        .chain(open -> start.begin(session, open, execution, apply.appliedBy()))));
    }

    private static Throwable toTaskFailure(Throwable failure) {
        var problem = (ProblemException) failure;
        var reason = String.valueOf(problem.getMessage());
        return switch (problem.code()) {
            case PROJECTION_BEHIND, REGISTRY_UNREACHABLE ->
                new RetryLater(problem.code().code(), reason, UNTIL_KNOWN);
            default -> new GiveUp(problem.code().code(), reason);
        };
    }
}
