package dev.longshore.retention.plan;

import dev.longshore.events.ConfigEvent.RegistryConfigured;
import dev.longshore.events.RetentionEvent;
import dev.longshore.events.RetentionEvent.RetentionPlanned;
import dev.longshore.kit.outbox.Outbox;
import dev.longshore.kit.work.BlockingCalls;
import dev.longshore.retention.domain.Circumstances;
import dev.longshore.retention.domain.Evaluation;
import dev.longshore.retention.domain.Verdict;
import dev.longshore.retention.domain.policy.RetentionPolicy;
import dev.longshore.retention.postgres.Inventory;
import dev.longshore.retention.postgres.Plan;
import dev.longshore.retention.postgres.PlanContents;
import dev.longshore.retention.postgres.StoredRepository;
import dev.longshore.retention.registry.DeleteSupport;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Set;
import org.hibernate.reactive.mutiny.Mutiny;

/** Evaluates one repository for a plan and stores what came of it. */
@ApplicationScoped
class PlanRepository {

    private final Mutiny.SessionFactory sessions;
    private final Inventory inventory;
    private final DeleteSupport support;
    private final BlockingCalls blocking;
    private final PlanContents contents;
    private final Outbox outbox;
    private final Clock clock = Clock.systemUTC();

    PlanRepository(
            Mutiny.SessionFactory sessions,
            Inventory inventory,
            DeleteSupport support,
            BlockingCalls blocking,
            PlanContents contents,
            Outbox outbox) {
        this.sessions = sessions;
        this.inventory = inventory;
        this.support = support;
        this.blocking = blocking;
        this.contents = contents;
        this.outbox = outbox;
    }

    private record Evaluated(Evaluation evaluation, long bytes) {}

    Uni<Void> plan(Plan plan, RetentionPolicy policy, RegistryConfigured registry, String repository) {
        return support.known(registry, repository)
                .map(deletes -> new Circumstances(clock.instant(), registry.reconcileEvery(), Set.of(), deletes))
                .chain(circumstances -> sessions.withSession(
                                session -> inventory.of(session, registry.name(), repository))
                        .chain(stored -> blocking.call(() -> evaluate(policy, stored, circumstances))))
                .chain(found -> store(plan, registry.name(), repository, found));
    }

    private static Evaluated evaluate(RetentionPolicy policy, StoredRepository stored, Circumstances circumstances) {
        var evaluation = Evaluation.of(policy, stored.inventory(), circumstances);
        var gone = evaluation.deletions().stream()
                .filter(decision -> decision.deletion().onlyTag() == null)
                .map(decision -> decision.deletion().digest())
                .toList();
        return new Evaluated(evaluation, stored.bytesFreedBy(gone));
    }

    private Uni<Void> store(Plan plan, String registry, String repository, Evaluated found) {
        var evaluation = found.evaluation();
        var isNews = !evaluation.deletions().isEmpty() || !evaluation.isComplete();
        return sessions.withTransaction((session, _) -> contents.add(
                        session, plan, registry, repository, evaluation, found.bytes())
                .chain(() -> isNews
                        ? outbox.append(session, planned(plan, registry, repository, evaluation))
                        : Uni.createFrom().voidItem()));
    }

    private RetentionPlanned planned(Plan plan, String registry, String repository, Evaluation evaluation) {
        var deleted = (int) evaluation.items().stream()
                .filter(item -> item.verdict() == Verdict.DELETE)
                .count();
        return new RetentionPlanned(
                plan.project(),
                plan.id(),
                plan.policy(),
                plan.policyVersion(),
                registry,
                repository,
                evaluation.items().size() - deleted,
                deleted,
                evaluation
                        .incomplete()
                        .map(reason -> new RetentionEvent.Reason(reason.code().toString(), reason.text()))
                        .orElse(null),
                clock.instant());
    }
}
