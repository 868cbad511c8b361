package dev.longshore.replication.plan;

import dev.longshore.replication.copy.CopyConfig;
import dev.longshore.replication.domain.ReplicationRule;
import dev.longshore.replication.postgres.TaskStates;
import dev.longshore.tasks.NewTask;
import dev.longshore.tasks.Tasks;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import org.hibernate.reactive.mutiny.Mutiny;

/** Has whole rules gone through, and single images copied, whoever asks. */
@ApplicationScoped
public class RequestCopies {

    /** What is known of freezes may be half a second old: who looks earlier would find the freeze and stop again. */
    private static final Duration UNTIL_ALL_KNOW = Duration.ofSeconds(1);

    private final Tasks tasks;
    private final TaskStates states;
    private final CopyConfig config;

    RequestCopies(Tasks tasks, TaskStates states, CopyConfig config) {
        this.tasks = tasks;
        this.states = states;
        this.config = config;
    }

    /** All tags of the rule; emits the execution. */
    public Uni<String> ofRule(Mutiny.Session session, ReplicationRule rule, String requestedBy, boolean verify) {
        return tasks.newExecution(
                        session,
                        Occasion.EXECUTION_PREFIX,
                        rule.project(),
                        Occasion.EXECUTION_KIND,
                        "replication-rules/" + rule.name(),
                        requestedBy)
                .call(execution -> tasks.enqueue(
                        session,
                        plan(rule, new PlanTask(rule.name(), requestedBy, verify))
                                .withExecution(execution)));
    }

    /** The rules, or registries at their ends, changed: what was not to be copied before may be now. */
    public Uni<Void> afterChange(Mutiny.Session session, Collection<ReplicationRule> changed) {
        return planEach(session, changed, Duration.ZERO);
    }

    /** A freeze is lifted: what it stopped is copied now. */
    public Uni<Void> afterThaw(Mutiny.Session session, Collection<ReplicationRule> stopped) {
        return planEach(session, stopped, UNTIL_ALL_KNOW);
    }

    private Uni<Void> planEach(Mutiny.Session session, Collection<ReplicationRule> changed, Duration delay) {
        return Multi.createFrom()
                .iterable(changed)
                .filter(ReplicationRule::copiesOnPush)
                .onItem()
                .transformToUniAndConcatenate(rule -> planOnce(session, rule, delay))
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** One image, whatever the rules say; emits the execution. */
    public Uni<String> ofImage(Mutiny.Session session, String project, CopyTask copy) {
        return tasks.newExecution(
                        session,
                        Occasion.EXECUTION_PREFIX,
                        project,
                        Occasion.EXECUTION_KIND,
                        copy.source().toString(),
                        copy.requestedBy())
                .call(execution -> tasks.enqueue(
                        session,
                        NewTask.of(CopyTask.KIND, project, copy)
                                .withLane(copy.lane())
                                .withExecution(execution)
                                .withMaxAttempts(config.attempts())));
    }

    private Uni<Void> planOnce(Mutiny.Session session, ReplicationRule rule, Duration delay) {
        var key = delay.isZero() ? rule.name() : rule.name() + " after a thaw";
        var task = plan(rule, new PlanTask(rule.name(), Occasion.SERVICE, false))
                .withNaturalKey(key)
                .withDelay(delay);
        return states.holdPending(session, PlanTask.KIND, key)
                .chain(pending -> pending
                        ? Uni.createFrom().voidItem()
                        : tasks.enqueue(session, task).replaceWithVoid());
    }

    private static NewTask plan(ReplicationRule rule, PlanTask task) {
        return NewTask.of(PlanTask.KIND, rule.project(), task).withLane("plan/" + rule.name());
    }
}
