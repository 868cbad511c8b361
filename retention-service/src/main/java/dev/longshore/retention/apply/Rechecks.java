package dev.longshore.retention.apply;

import dev.longshore.events.ErrorCode;
import dev.longshore.kit.work.BlockingCalls;
import dev.longshore.oci.Digest;
import dev.longshore.retention.domain.Circumstances;
import dev.longshore.retention.domain.Decision;
import dev.longshore.retention.domain.Recheck;
import dev.longshore.retention.domain.RegistryDeletes;
import dev.longshore.retention.domain.policy.RetentionPolicy;
import dev.longshore.retention.postgres.Deletions;
import dev.longshore.retention.postgres.Inventory;
import dev.longshore.retention.postgres.PlannedDeletion;
import dev.longshore.retention.postgres.Policies;
import dev.longshore.retention.postgres.StoredRepository;
import dev.longshore.tasks.TaskFailure.GiveUp;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;

/** Asks the policy again, over the repository as it is known now. */
@ApplicationScoped
class Rechecks {

    private final Mutiny.SessionFactory sessions;
    private final Policies policies;
    private final Inventory inventory;
    private final Deletions deletions;
    private final BlockingCalls blocking;
    private final Clock clock = Clock.systemUTC();

    Rechecks(
            Mutiny.SessionFactory sessions,
            Policies policies,
            Inventory inventory,
            Deletions deletions,
            BlockingCalls blocking) {
        this.sessions = sessions;
        this.policies = policies;
        this.inventory = inventory;
        this.deletions = deletions;
        this.blocking = blocking;
    }

    private record Known(RetentionPolicy policy, StoredRepository repository, List<PlannedDeletion> plan) {}

    Uni<Decision> decide(Retirement retirement) {
        return sessions.withSession(session -> known(session, retirement))
                .chain(known -> blocking.call(() -> decide(retirement, known)));
    }

    private Uni<Known> known(Mutiny.Session session, Retirement retirement) {
        var planned = retirement.planned();
        return policies.find(session, retirement.plan().policy())
                .map(found -> found.map(RetentionPolicy::from).orElseThrow(() -> noPolicy(retirement)))
                .chain(policy -> inventory
                        .of(session, planned.registry(), planned.repository())
                        .chain(repository -> deletions
                                .of(session, planned.plan(), planned.registry(), planned.repository())
                                .map(plan -> new Known(policy, repository, plan))));
    }

    private Decision decide(Retirement retirement, Known known) {
        // Whether the registry deletes was asked before; if it does not after all, the delete itself will say so.
        var circumstances = new Circumstances(
                clock.instant(), retirement.registry().reconcileEvery(), Set.of(), RegistryDeletes.EVERYTHING);
        return Recheck.of(
                        known.policy(),
                        known.repository().inventory(),
                        circumstances,
                        known.plan().stream().map(PlannedDeletion::deletion).toList(),
                        gone(known.plan()))
                .decide(retirement.deletion());
    }

    private static Set<Digest> gone(List<PlannedDeletion> plan) {
        return plan.stream()
                .filter(PlannedDeletion::isManifestGone)
                .map(planned -> planned.deletion().digest())
                .collect(Collectors.toSet());
    }

    private static GiveUp noPolicy(Retirement retirement) {
        return new GiveUp(
                ErrorCode.PLAN_OUTDATED.code(),
                "There is no policy '%s' any more".formatted(retirement.plan().policy()));
    }
}
