package dev.longshore.replication.task;

import dev.longshore.events.ErrorCode;
import dev.longshore.kit.change.FrozenException;
import dev.longshore.kit.work.Home;
import dev.longshore.oci.client.FetchedManifest;
import dev.longshore.replication.copy.CopyOrder;
import dev.longshore.replication.copy.ImageCopier;
import dev.longshore.replication.copy.Route;
import dev.longshore.replication.plan.CopyTask;
import dev.longshore.tasks.ClaimedTask;
import dev.longshore.tasks.GivenUp;
import dev.longshore.tasks.Lease;
import dev.longshore.tasks.TaskFailure.GiveUp;
import dev.longshore.tasks.TaskHandler;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.hibernate.reactive.mutiny.Mutiny;

/** Copies one image, if it is still wanted and allowed when its turn comes. */
@ApplicationScoped
class CopyImage implements TaskHandler {

    private final Mutiny.SessionFactory sessions;
    private final Preparations preparations;
    private final Routes routes;
    private final ImageCopier copier;
    private final Outcomes outcomes;
    private final CopyProgress progress;

    CopyImage(
            Mutiny.SessionFactory sessions,
            Preparations preparations,
            Routes routes,
            ImageCopier copier,
            Outcomes outcomes,
            CopyProgress progress) {
        this.sessions = sessions;
        this.preparations = preparations;
        this.routes = routes;
        this.copier = copier;
        this.outcomes = outcomes;
        this.progress = progress;
    }

    @Override
    public String kind() {
        return CopyTask.KIND;
    }

    @Override
    public int concurrency() {
        return routes.imagesAtOnce();
    }

    @Override
    public Uni<Void> run(ClaimedTask task, Lease lease) {
        var copy = task.payload(CopyTask.class);
        return sessions.withSession(session -> preparations.prepare(session, copy))
                .chain(preparation -> switch (preparation) {
                    case Preparation.Skip skip -> skip(task, lease, copy, skip.reason());
                    case Preparation.Impossible no -> Uni.createFrom().failure(new GiveUp(no.code(), no.reason()));
                    case Preparation.Ready ready -> copy(task, lease, copy, ready);
                })
                .onFailure()
                .transform(failure -> CopyFailures.toTaskFailure(failure, task.attempt()));
    }

    @Override
    public Uni<Void> givenUp(Mutiny.Session session, ClaimedTask task, GivenUp why) {
        var copy = task.payload(CopyTask.class);
        progress.failed(task, copy, why.reason());
        return outcomes.failed(session, task, copy, why);
    }

    private Uni<Void> copy(ClaimedTask task, Lease lease, CopyTask copy, Preparation.Ready ready) {
        // Waiting for another copy's blob, or for a pooled connection, may end on another context.
        var home = Home.here();
        return routes.route(task, lease, copy, ready)
                .chain(route -> route.source()
                        .getManifest(copy.source().reference())
                        .chain(found -> copyFound(task, lease, copy, ready, route, found, home)))
                .onFailure(FrozenException.class)
                .recoverWithUni(frozen -> frozen(task, lease, copy, ready, frozen, home));
    }

    private Uni<Void> copyFound(
            ClaimedTask task,
            Lease lease,
            CopyTask copy,
            Preparation.Ready ready,
            Route route,
            Optional<FetchedManifest> found,
            Executor home) {
        if (found.isEmpty()) {
            return gone(task, lease, copy);
        }
        var image = found.get();
        if (ready.expected()
                .filter(expected -> !expected.equals(image.digest()))
                .isPresent()) {
            return skip(
                    task,
                    lease,
                    copy,
                    "The tag has moved to %s, of which the inventory has not told yet".formatted(image.digest()));
        }
        var order = new CopyOrder(route, image, copy.target().reference(), ready.referrers(), ready.complete());
        return copier.copy(order, progress.of(task, copy))
                .emitOn(home)
                .chain(result -> outcomes.copied(task, lease, copy, ready, result)
                        .chain(() -> progress.ended(task, copy, "succeeded", "copied " + result.digest())));
    }

    private Uni<Void> gone(ClaimedTask task, Lease lease, CopyTask copy) {
        return copy.rule() == null
                ? Uni.createFrom()
                        .failure(
                                new GiveUp(ErrorCode.NOT_FOUND.code(), "There is no image %s".formatted(copy.source())))
                : skip(task, lease, copy, "The tag is gone at the source");
    }

    /** When the freeze is lifted, the rules are gone through again; what nobody brings up again ends as failed. */
    private Uni<Void> frozen(
            ClaimedTask task,
            Lease lease,
            CopyTask copy,
            Preparation.Ready ready,
            FrozenException frozen,
            Executor home) {
        var reason = String.valueOf(frozen.getMessage());
        return ready.revived()
                ? Uni.createFrom().voidItem().emitOn(home).chain(() -> skip(task, lease, copy, reason))
                : Uni.createFrom().failure(new GiveUp(ErrorCode.FROZEN.code(), reason));
    }

    private Uni<Void> skip(ClaimedTask task, Lease lease, CopyTask copy, String reason) {
        return outcomes.skipped(task, lease, copy, reason)
                .chain(() -> progress.ended(task, copy, "succeeded", "not copied: " + reason));
    }
}
