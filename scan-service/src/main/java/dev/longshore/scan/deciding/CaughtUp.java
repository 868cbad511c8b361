package dev.longshore.scan.deciding;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.eclipse.microprofile.health.Readiness;

/**
 * Whether the copies of policies and inventory are as new as they were elsewhere when this process started. Before that
 * nothing is decided: an image could be allowed for want of a policy that is on its way.
 */
@ApplicationScoped
class CaughtUp {

    private static final String PROJECTIONS = "projections";

    private final Instance<AsyncHealthCheck> checks;
    private volatile boolean isCaughtUp;

    CaughtUp(@Any @Readiness Instance<AsyncHealthCheck> checks) {
        this.checks = checks;
    }

    boolean isCaughtUp() {
        return isCaughtUp;
    }

    @Scheduled(every = "1s")
    Uni<Void> look() {
        if (isCaughtUp) {
            return Uni.createFrom().voidItem();
        }
        var answers = checks.stream().map(AsyncHealthCheck::call).toList();
        return Uni.join()
                .all(answers)
                .andFailFast()
                .invoke(found -> isCaughtUp = found.stream().anyMatch(CaughtUp::isUp))
                .replaceWithVoid();
    }

    private static boolean isUp(HealthCheckResponse answer) {
        return answer.getName().equals(PROJECTIONS) && answer.getStatus() == Status.UP;
    }
}
