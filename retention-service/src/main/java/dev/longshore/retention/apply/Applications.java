package dev.longshore.retention.apply;

import dev.longshore.events.ErrorCode;
import dev.longshore.retention.plan.ApplyTask;
import dev.longshore.retention.plan.RetentionConfig;
import dev.longshore.retention.postgres.Deletions;
import dev.longshore.retention.postgres.Plan;
import dev.longshore.retention.postgres.PlannedDeletion;
import dev.longshore.retention.postgres.Plans;
import dev.longshore.tasks.ClaimedTask;
import dev.longshore.tasks.GivenUp;
import dev.longshore.tasks.Lease;
import dev.longshore.tasks.NewTask;
import dev.longshore.tasks.TaskFailure.GiveUp;
import dev.longshore.tasks.Tasks;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** The rows of plans that are being applied, and the tasks that do it. */
@ApplicationScoped
class Applications {

    private static final int BATCH = 200;

    private final Mutiny.SessionFactory sessions;
    private final Plans plans;
    private final Deletions deletions;
    private final Tasks tasks;
    private final RetentionConfig config;

    Applications(
            Mutiny.SessionFactory sessions, Plans plans, Deletions deletions, Tasks tasks, RetentionConfig config) {
        this.sessions = sessions;
        this.plans = plans;
        this.deletions = deletions;
        this.tasks = tasks;
        this.config = config;
    }

    Uni<Plan> find(Mutiny.Session session, String id) {
        return plans.find(session, id)
                .map(found -> found.orElseThrow(
                        () -> new GiveUp(ErrorCode.NOT_FOUND.code(), "There is no plan '%s' any more".formatted(id))));
    }

    Uni<Void> notApplied(Mutiny.Session session, String plan, GivenUp why) {
        return plans.notApplied(session, plan, why.code(), why.reason());
    }

    /** Batch by batch; a batch that is added again after a crash finds its deletions done, or waits behind them. */
    Uni<Void> enqueueAll(ClaimedTask task, Lease lease, ApplyTask apply) {
        return enqueueAfter(task, lease, apply, 0);
    }

    private Uni<Void> enqueueAfter(ClaimedTask task, Lease lease, ApplyTask apply, long after) {
        return lease.check()
                .chain(() -> sessions.withTransaction((session, _) -> batch(session, task, lease, apply, after)))
                .chain(found -> found.size() < BATCH
                        ? Uni.createFrom().voidItem()
                        : enqueueAfter(task, lease, apply, found.getLast().id()));
    }

    /** With the last batch the task ends, so that the plan does not look done before. */
    private Uni<List<PlannedDeletion>> batch(
            Mutiny.Session session, ClaimedTask task, Lease lease, ApplyTask apply, long after) {
        return deletions
                .after(session, apply.plan(), after, BATCH)
                .call(found -> Multi.createFrom()
                        .iterable(found)
                        .filter(PlannedDeletion::isOpen)
                        .onItem()
                        .transformToUniAndConcatenate(each -> tasks.enqueue(session, retire(task, apply, each)))
                        .collect()
                        .last())
                .call(found -> found.size() < BATCH
                        ? end(session, lease, apply)
                        : Uni.createFrom().voidItem());
    }

    private Uni<Void> end(Mutiny.Session session, Lease lease, ApplyTask apply) {
        return lease.complete(session)
                .chain(() -> plans.lock(session, apply.plan()))
                .chain(() -> plans.appliedIfDone(session, apply.plan()));
    }

    private NewTask retire(ClaimedTask task, ApplyTask apply, PlannedDeletion deletion) {
        return NewTask.of(RetireTask.KIND, deletion.project(), new RetireTask(deletion.id(), apply.appliedBy()))
                .withNaturalKey(String.valueOf(deletion.id()))
                .withLane("retire/%s/%s".formatted(deletion.registry(), deletion.repository()))
                .withExecution(task.execution())
                .withMaxAttempts(config.attempts());
    }
}
