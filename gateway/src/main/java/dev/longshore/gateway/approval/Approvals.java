package dev.longshore.gateway.approval;

import com.fasterxml.uuid.Generators;
import dev.longshore.events.ErrorCode;
import dev.longshore.gateway.approval.domain.Approval;
import dev.longshore.gateway.approval.domain.Approval.Decision;
import dev.longshore.gateway.approval.domain.Approval.Obstacle;
import dev.longshore.gateway.approval.postgres.ApprovalStore;
import dev.longshore.gateway.identity.Trail;
import dev.longshore.gateway.identity.Trail.Done;
import dev.longshore.gateway.identity.domain.Actor;
import dev.longshore.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Asks for approvals and decides them. Each is in the audit trail. */
@ApplicationScoped
public class Approvals {

    private final ApprovalStore store;
    private final Trail trail;
    private final Mutiny.SessionFactory database;
    private final ApprovalConfig config;
    private final Clock clock = Clock.systemUTC();

    Approvals(ApprovalStore store, Trail trail, Mutiny.SessionFactory database, ApprovalConfig config) {
        this.store = store;
        this.trail = trail;
        this.database = database;
        this.config = config;
    }

    /** What is asked for. */
    public record Wanted(String project, String action, String resource, String reason) {}

    public Uni<Approval> request(Wanted wanted, Actor by) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var approval = new Approval(
                "apr-" + Generators.timeBasedEpochGenerator().generate(),
                wanted.project(),
                wanted.action(),
                wanted.resource(),
                wanted.reason(),
                by.identity().name(),
                now,
                now.plus(config.lifetime()),
                null);
        return database.withTransaction((transaction, _) -> store.add(transaction, approval)
                        .chain(() ->
                                trail.append(transaction, by, done(approval, "approval.requested", wanted.reason()))))
                .replaceWith(approval);
    }

    /** Fails for one's own request, and for what is decided or expired. */
    public Uni<Approval> decide(Approval approval, boolean isApproved, @Nullable String comment, Actor by) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        refuse(approval.obstacle(by.identity().name(), now));
        var decision = new Decision(isApproved, by.identity().name(), now, comment);
        var action = isApproved ? "approval.approved" : "approval.rejected";
        return database.withTransaction((transaction, _) -> store.decide(transaction, approval.id(), decision)
                        .invoke(isFirst -> refuse(isFirst ? null : Obstacle.DECIDED_ALREADY))
                        .chain(() -> trail.append(transaction, by, done(approval, action, comment))))
                .replaceWith(new Approval(
                        approval.id(),
                        approval.project(),
                        approval.action(),
                        approval.resource(),
                        approval.reason(),
                        approval.requestedBy(),
                        approval.requestedAt(),
                        approval.expiresAt(),
                        decision));
    }

    private static void refuse(@Nullable Obstacle obstacle) {
        switch (obstacle) {
            case null -> {}
            case OWN_REQUEST ->
                throw new ProblemException(
                        ErrorCode.FORBIDDEN, "Nobody approves what they asked for themselves: ask someone else");
            case DECIDED_ALREADY -> throw new ProblemException(ErrorCode.CONFLICT, "This was decided already");
            case EXPIRED ->
                throw new ProblemException(
                        ErrorCode.CONFLICT, "This was not decided in time: it has to be asked again");
        }
    }

    private static Done done(Approval approval, String action, @Nullable String detail) {
        return Done.of(action, "approvals/" + approval.id())
                .in(approval.project())
                .because(detail)
                .with(null, Map.of("action", approval.action(), "resource", approval.resource()));
    }
}
