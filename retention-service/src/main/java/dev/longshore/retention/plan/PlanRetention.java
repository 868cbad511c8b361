package dev.longshore.retention.plan;

import dev.longshore.events.ErrorCode;
import dev.longshore.retention.postgres.Plan;
import dev.longshore.retention.postgres.PlanContents;
import dev.longshore.retention.postgres.Plans;
import dev.longshore.retention.projection.ProjectionLag;
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

/** Makes a plan. Who takes over after a crash goes on with the repositories that were not looked at. */
@ApplicationScoped
class PlanRetention implements TaskHandler {

    private static final int AT_ONCE = 2;
    private static final Duration UNTIL_KNOWN = Duration.ofSeconds(2);

    private final Mutiny.SessionFactory sessions;
    private final Plans plans;
    private final PlanContents contents;
    private final PlanRepositories repositories;
    private final ProjectionLag lag;
    private final PlanEnd end;

    PlanRetention(
            Mutiny.SessionFactory sessions,
            Plans plans,
            PlanContents contents,
            PlanRepositories repositories,
            ProjectionLag lag,
            PlanEnd end) {
        this.sessions = sessions;
        this.plans = plans;
        this.contents = contents;
        this.repositories = repositories;
        this.lag = lag;
        this.end = end;
    }

    @Override
    public String kind() {
        return PlanTask.KIND;
    }

    @Override
    public int concurrency() {
        return AT_ONCE;
    }

    @Override
    public Uni<Void> run(ClaimedTask task, Lease lease) {
        var id = task.payload(PlanTask.class).plan();
        return lag.doubt()
                .invoke(PlanRetention::requireNone)
                .chain(() -> sessions.withSession(session -> plans.find(session, id)))
                .map(found -> found.filter(plan -> plan.state() == Plan.State.PLANNING)
                        .orElseThrow(() -> new GiveUp(ErrorCode.NOT_FOUND.code(), "There is no such plan to be made")))
                .chain(plan -> repositories.all(plan, lease).chain(() -> finish(plan, lease)));
    }

    private Uni<Void> finish(Plan plan, Lease lease) {
        return sessions.withTransaction((session, _) -> lease.complete(session)
                .chain(() -> contents.counts(session, plan.id()))
                .chain(counts -> end.planned(session, plan, counts)));
    }

    @Override
    public Uni<Void> givenUp(Mutiny.Session session, ClaimedTask task, GivenUp why) {
        return end.failed(session, task.payload(PlanTask.class).plan(), why);
    }

    private static void requireNone(Optional<String> doubt) {
        doubt.ifPresent(reason -> {
            throw new RetryLater(ErrorCode.PROJECTION_BEHIND.code(), "Could not plan: " + reason, UNTIL_KNOWN);
        });
    }
}
