package dev.longshore.retention.apply;

import dev.longshore.events.ConfigEvent.RetentionPolicyConfigured;
import dev.longshore.events.ErrorCode;
import dev.longshore.kit.problem.ProblemException;
import dev.longshore.retention.plan.RetentionConfig;
import dev.longshore.retention.postgres.KnownTo;
import dev.longshore.retention.postgres.Plan;
import dev.longshore.retention.postgres.Policies;
import dev.longshore.retention.projection.ProjectionLag;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/** Whether a plan still says what is so: not applied, not old, of the policy as it is, of an inventory no newer than ours. */
@ApplicationScoped
class PlanCurrency {

    private final Mutiny.SessionFactory sessions;
    private final Policies policies;
    private final KnownTo knownTo;
    private final ProjectionLag lag;
    private final RetentionConfig config;
    private final Clock clock = Clock.systemUTC();

    PlanCurrency(
            Mutiny.SessionFactory sessions,
            Policies policies,
            KnownTo knownTo,
            ProjectionLag lag,
            RetentionConfig config) {
        this.sessions = sessions;
        this.policies = policies;
        this.knownTo = knownTo;
        this.lag = lag;
        this.config = config;
    }

    Uni<Void> check(Plan plan) {
        requireOpen(plan);
        if (plan.createdAt().plus(config.planLife()).isBefore(clock.instant())) {
            throw new ProblemException(
                    ErrorCode.PLAN_AGED,
                    "The plan was made at %s, longer ago than a plan lives".formatted(plan.createdAt()));
        }
        return sessions.withSession(session -> policies.find(session, plan.policy())
                        .invoke(policy -> requireSame(plan, policy))
                        .chain(() -> knownTo.now(session)))
                .invoke(known -> {
                    if (!KnownTo.reaches(known, plan.knownTo())) {
                        throw behind("the plan was made from a newer inventory than is known now");
                    }
                })
                .chain(lag::doubt)
                .invoke(doubt -> doubt.ifPresent(reason -> {
                    throw behind(reason);
                }))
                .replaceWithVoid();
    }

    /** Once more in the transaction that begins to apply it, the plan locked. */
    static void requireOpen(Plan plan) {
        switch (plan.state()) {
            case PLANNED -> {}
            case PLANNING -> throw new ProblemException(ErrorCode.CONFLICT, "The plan is still being made");
            case FAILED -> throw new ProblemException(ErrorCode.CONFLICT, "The plan could not be made");
            case APPLYING, APPLIED ->
                throw new ProblemException(
                        ErrorCode.PLAN_APPLIED, "The plan was applied before, as %s".formatted(plan.execution()));
        }
    }

    private static void requireSame(Plan plan, Optional<RetentionPolicyConfigured> found) {
        var policy = found.orElseThrow(() -> new ProblemException(
                ErrorCode.PLAN_OUTDATED, "There is no policy '%s' any more".formatted(plan.policy())));
        if (policy.version() != plan.policyVersion()) {
            throw new ProblemException(
                    ErrorCode.PLAN_OUTDATED,
                    "The policy '%s' is now version %d; the plan was made from version %d"
                            .formatted(plan.policy(), policy.version(), plan.policyVersion()));
        }
        if (!policy.enabled()) {
            throw new ProblemException(ErrorCode.PLAN_OUTDATED, "The policy '%s' is disabled".formatted(plan.policy()));
        }
    }

    private static ProblemException behind(String reason) {
        return new ProblemException(ErrorCode.PROJECTION_BEHIND, "The plan was not applied: " + reason);
    }
}
