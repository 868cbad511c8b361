package dev.longshore.replication.task;

import dev.longshore.replication.domain.ReplicationRule;
import dev.longshore.replication.domain.SourceTag;
import dev.longshore.replication.plan.Occasion;
import dev.longshore.replication.plan.PlanCopies;
import dev.longshore.replication.plan.PlanTask;
import dev.longshore.replication.postgres.Rules;
import dev.longshore.tasks.ClaimedTask;
import dev.longshore.tasks.Lease;
import dev.longshore.tasks.TaskFailure;
import dev.longshore.tasks.TaskHandler;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/** Goes through all tags that a rule may select, batch by batch, and has copied what is not in sync. */
@ApplicationScoped
class PlanRule implements TaskHandler {

    private static final int AT_ONCE = 2;

    private final Mutiny.SessionFactory sessions;
    private final Rules rules;
    private final PlanCopies planCopies;

    PlanRule(Mutiny.SessionFactory sessions, Rules rules, PlanCopies planCopies) {
        this.sessions = sessions;
        this.rules = rules;
        this.planCopies = planCopies;
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
        var plan = task.payload(PlanTask.class);
        var occasion = Optional.ofNullable(task.execution())
                .map(execution -> Occasion.demand(execution, plan.requestedBy(), plan.verify()))
                .orElseGet(() -> Occasion.change("replication-rules/" + plan.rule()));
        return sessions.withSession(session -> rules.find(session, plan.rule()))
                .map(rule -> rule.orElseThrow(() ->
                        new TaskFailure.GiveUp("not-found", "There is no rule '%s' any more".formatted(plan.rule()))))
                .chain(rule -> from(lease, rule, "", "", occasion));
    }

    private Uni<Void> from(
            Lease lease, ReplicationRule rule, String afterRepository, String afterTag, Occasion occasion) {
        return lease.check()
                .chain(() -> batch(rule, afterRepository, afterTag, occasion))
                .chain(last -> last.map(tag -> from(lease, rule, tag.repository(), tag.tag(), occasion))
                        .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    private Uni<Optional<SourceTag>> batch(
            ReplicationRule rule, String afterRepository, String afterTag, Occasion occasion) {
        return sessions.withTransaction(
                (session, _) -> planCopies.batch(session, rule, afterRepository, afterTag, occasion));
    }
}
