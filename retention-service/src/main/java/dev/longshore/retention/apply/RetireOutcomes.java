package dev.longshore.retention.apply;

import dev.longshore.kit.outbox.Outbox;
import dev.longshore.retention.domain.policy.Reason;
import dev.longshore.retention.plan.RetentionMetrics;
import dev.longshore.retention.postgres.Deletions;
import dev.longshore.retention.postgres.Plan;
import dev.longshore.retention.postgres.PlannedDeletion;
import dev.longshore.retention.postgres.Plans;
import dev.longshore.retention.postgres.RetiredManifests;
import dev.longshore.tasks.ClaimedTask;
import dev.longshore.tasks.GivenUp;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/** Writes down what came of a deletion, in the transaction that ends its task. */
@ApplicationScoped
class RetireOutcomes {

    private static final Logger LOG = Logger.getLogger(RetireOutcomes.class);

    private final Mutiny.SessionFactory sessions;
    private final Plans plans;
    private final Deletions deletions;
    private final RetiredManifests retired;
    private final Outbox outbox;
    private final RetentionMetrics metrics;

    RetireOutcomes(
            Mutiny.SessionFactory sessions,
            Plans plans,
            Deletions deletions,
            RetiredManifests retired,
            Outbox outbox,
            RetentionMetrics metrics) {
        this.sessions = sessions;
        this.plans = plans;
        this.deletions = deletions;
        this.retired = retired;
        this.outbox = outbox;
        this.metrics = metrics;
    }

    Uni<Void> deleted(Retirement retirement) {
        LOG.infof(
                "Deleted %s by %s",
                retirement.planned().reference(), retirement.planned().plan());
        return sessions.withTransaction((session, _) -> retirement
                        .lease()
                        .complete(session)
                        .chain(() ->
                                retired.retired(session, retirement.planned().id()))
                        .chain(() -> settle(session, retirement.planned(), "deleted", "", ""))
                        .chain(() ->
                                outbox.append(session, RetireFacts.retired(retirement), RetireFacts.audit(retirement))))
                .invoke(() -> metrics.settled(retirement.planned().registry(), "deleted", ""));
    }

    /** Somebody else was faster. */
    Uni<Void> gone(Retirement retirement) {
        return settled(retirement, "gone", Reason.Code.ALREADY_GONE.toString(), "it was gone already");
    }

    Uni<Void> kept(Retirement retirement, List<Reason> reasons) {
        var code = reasons.stream()
                .findFirst()
                .map(reason -> reason.code().toString())
                .orElse(Found.CHANGED);
        var text = reasons.stream().map(Reason::text).collect(Collectors.joining("; "));
        return code.equals(Reason.Code.ALREADY_GONE.toString()) ? gone(retirement) : kept(retirement, code, text);
    }

    Uni<Void> kept(Retirement retirement, String code, String text) {
        return settled(retirement, "kept", code, text);
    }

    private Uni<Void> settled(Retirement retirement, String state, String code, String text) {
        var planned = retirement.planned();
        LOG.infof("Did not delete %s of %s: %s", planned.reference(), planned.plan(), text);
        return sessions.withTransaction((session, _) -> retirement
                        .lease()
                        .complete(session)
                        .chain(() -> retired.forget(session, planned.id()))
                        .chain(() -> settle(session, planned, state, code, text)))
                .invoke(() -> metrics.settled(planned.registry(), state, code));
    }

    /** In the transaction in which the task ends as failed. A delete may have been done all the same: the record stays. */
    Uni<Void> failed(Mutiny.Session session, ClaimedTask task, GivenUp why) {
        var retire = task.payload(RetireTask.class);
        return deletions
                .find(session, retire.deletion())
                .chain(found -> found.map(planned -> plans.find(session, planned.plan())
                                .chain(plan -> plan.map(known -> failed(session, task, known, planned, why))
                                        .orElseGet(() -> Uni.createFrom().voidItem())))
                        .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    private Uni<Void> failed(
            Mutiny.Session session, ClaimedTask task, Plan plan, PlannedDeletion planned, GivenUp why) {
        var appliedBy = task.payload(RetireTask.class).appliedBy();
        metrics.settled(planned.registry(), "failed", why.code());
        return settle(session, planned, "failed", why.code(), why.reason())
                .chain(() -> outbox.append(
                        session, RetireFacts.failed(plan, planned, why), RetireFacts.audit(planned, appliedBy, why)));
    }

    /** One after the other, so that the last knows that it is. */
    private Uni<Void> settle(Mutiny.Session session, PlannedDeletion planned, String state, String code, String text) {
        return plans.lock(session, planned.plan())
                .chain(() -> deletions.settle(session, planned.id(), state, code, text))
                .chain(() -> plans.appliedIfDone(session, planned.plan()));
    }
}
