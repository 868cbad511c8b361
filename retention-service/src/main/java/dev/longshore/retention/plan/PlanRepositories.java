package dev.longshore.retention.plan;

import dev.longshore.events.ConfigEvent.RegistryConfigured;
import dev.longshore.events.ConfigEvent.RetentionPolicyConfigured;
import dev.longshore.events.ErrorCode;
import dev.longshore.events.RepositoryOwners;
import dev.longshore.retention.domain.policy.RetentionPolicy;
import dev.longshore.retention.postgres.Inventory;
import dev.longshore.retention.postgres.Plan;
import dev.longshore.retention.postgres.PlanContents;
import dev.longshore.retention.postgres.Policies;
import dev.longshore.retention.postgres.Registries;
import dev.longshore.tasks.Lease;
import dev.longshore.tasks.TaskFailure.GiveUp;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/** Goes through all repositories that a plan's policy is for, one at a time, so that no more than one is in memory. */
@ApplicationScoped
class PlanRepositories {

    private static final int NAMES = 200;

    private final Mutiny.SessionFactory sessions;
    private final Policies policies;
    private final Registries registries;
    private final Inventory inventory;
    private final PlanContents contents;
    private final PlanRepository planRepository;

    PlanRepositories(
            Mutiny.SessionFactory sessions,
            Policies policies,
            Registries registries,
            Inventory inventory,
            PlanContents contents,
            PlanRepository planRepository) {
        this.sessions = sessions;
        this.policies = policies;
        this.registries = registries;
        this.inventory = inventory;
        this.contents = contents;
        this.planRepository = planRepository;
    }

    Uni<Void> all(Plan plan, Lease lease) {
        return sessions.withSession(session -> policies.find(session, plan.policy())
                        .map(found -> policy(plan, found))
                        .chain(policy -> ofItsProject(session, plan).map(found -> new Scope(policy, found))))
                .chain(scope -> Multi.createFrom()
                        .iterable(scope.registries())
                        .onItem()
                        .transformToUniAndConcatenate(registry -> sessions.withSession(session -> contents.lastOf(
                                        session,
                                        plan.id(),
                                        registry.configured().name()))
                                .chain(last -> from(plan, scope.policy(), registry, last, lease)))
                        .collect()
                        .last()
                        .replaceWithVoid());
    }

    /** A policy reaches no further than its project, whatever its patterns say. */
    private Uni<List<Owned>> ofItsProject(Mutiny.Session session, Plan plan) {
        return registries
                .all(session)
                .chain(all -> Multi.createFrom()
                        .iterable(all)
                        .onItem()
                        .transformToUniAndConcatenate(
                                each -> registries.owners(session, each).map(owners -> new Owned(each, owners)))
                        .filter(each -> each.owners().concern(plan.project()))
                        .collect()
                        .asList());
    }

    private record Owned(RegistryConfigured configured, RepositoryOwners owners) {

        boolean isOf(String project, String repository) {
            return owners.projectOf(repository).equals(project);
        }
    }

    private record Scope(RetentionPolicy policy, List<Owned> registries) {}

    private Uni<Void> from(Plan plan, RetentionPolicy policy, Owned owned, String after, Lease lease) {
        var registry = owned.configured();
        return sessions.withSession(session -> inventory.repositories(session, registry.name(), after, NAMES))
                .call(names -> Multi.createFrom()
                        .iterable(names)
                        .filter(name -> policy.isFor(registry.name(), name) && owned.isOf(plan.project(), name))
                        .onItem()
                        .transformToUniAndConcatenate(
                                name -> lease.check().chain(() -> planRepository.plan(plan, policy, registry, name)))
                        .collect()
                        .last())
                .chain(names -> names.size() < NAMES
                        ? Uni.createFrom().voidItem()
                        : from(plan, policy, owned, names.getLast(), lease));
    }

    private static RetentionPolicy policy(Plan plan, Optional<RetentionPolicyConfigured> found) {
        return found.filter(policy -> policy.version() == plan.policyVersion())
                .map(RetentionPolicy::from)
                .orElseThrow(() -> new GiveUp(
                        ErrorCode.PLAN_OUTDATED.code(),
                        "The policy '%s' was changed or removed meanwhile".formatted(plan.policy())));
    }
}
