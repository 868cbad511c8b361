package dev.longshore.retention.apply;

import dev.longshore.events.ConfigEvent.RegistryConfigured;
import dev.longshore.events.ErrorCode;
import dev.longshore.retention.postgres.Deletions;
import dev.longshore.retention.postgres.Plan;
import dev.longshore.retention.postgres.PlannedDeletion;
import dev.longshore.retention.postgres.Plans;
import dev.longshore.retention.postgres.Registries;
import dev.longshore.retention.postgres.RetiredManifests;
import dev.longshore.tasks.TaskFailure.GiveUp;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/** What is stored of a deletion and around it. */
@ApplicationScoped
class RetirementRows {

    private final Mutiny.SessionFactory sessions;
    private final Plans plans;
    private final Deletions deletions;
    private final Registries registries;
    private final RetiredManifests retired;

    RetirementRows(
            Mutiny.SessionFactory sessions,
            Plans plans,
            Deletions deletions,
            Registries registries,
            RetiredManifests retired) {
        this.sessions = sessions;
        this.plans = plans;
        this.deletions = deletions;
        this.registries = registries;
        this.retired = retired;
    }

    record Rows(PlannedDeletion planned, Plan plan, RegistryConfigured registry, boolean isRecorded) {}

    Uni<Rows> find(long deletion) {
        return sessions.withSession(session -> rows(session, deletion));
    }

    private Uni<Rows> rows(Mutiny.Session session, long id) {
        return deletions
                .find(session, id)
                .map(found -> required(found, "The plan is gone"))
                .chain(planned -> plans.find(session, planned.plan())
                        .map(plan -> required(plan, "The plan is gone"))
                        .chain(plan -> registries
                                .find(session, planned.registry())
                                .map(registry -> required(
                                        registry, "There is no registry '%s' any more".formatted(planned.registry())))
                                .call(registry -> requireOwn(session, plan, planned, registry))
                                .chain(registry -> retired.isRecorded(session, id)
                                        .map(recorded -> new Rows(planned, plan, registry, recorded)))));
    }

    /** A repository may have become another project's after the plan began to be applied. */
    private Uni<Void> requireOwn(
            Mutiny.Session session, Plan plan, PlannedDeletion planned, RegistryConfigured registry) {
        return registries
                .owners(session, registry)
                .invoke(owners -> {
                    if (!owners.projectOf(planned.repository()).equals(plan.project())) {
                        throw new GiveUp(
                                ErrorCode.PLAN_OUTDATED.code(),
                                "The repository belongs to another project than the policy by now");
                    }
                })
                .replaceWithVoid();
    }

    private static <T> T required(Optional<T> found, String otherwise) {
        return found.orElseThrow(() -> new GiveUp(ErrorCode.NOT_FOUND.code(), otherwise));
    }
}
