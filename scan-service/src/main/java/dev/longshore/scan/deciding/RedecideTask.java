package dev.longshore.scan.deciding;

import dev.longshore.scan.postgres.Inventory;
import dev.longshore.scan.task.RedecideRequest;
import dev.longshore.scan.task.Requests;
import dev.longshore.tasks.ClaimedTask;
import dev.longshore.tasks.Lease;
import dev.longshore.tasks.TaskHandler;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** Decides on all images anew, a part at a time, after a policy or an exemption has changed. */
@ApplicationScoped
class RedecideTask implements TaskHandler {

    private final Mutiny.SessionFactory sessions;
    private final Inventory inventory;
    private final DecideImages decideImages;
    private final Requests requests;
    private final CaughtUp caughtUp;
    private final DecisionConfig config;

    RedecideTask(
            Mutiny.SessionFactory sessions,
            Inventory inventory,
            DecideImages decideImages,
            Requests requests,
            CaughtUp caughtUp,
            DecisionConfig config) {
        this.sessions = sessions;
        this.inventory = inventory;
        this.decideImages = decideImages;
        this.requests = requests;
        this.caughtUp = caughtUp;
        this.config = config;
    }

    @Override
    public String kind() {
        return RedecideRequest.KIND;
    }

    @Override
    public int concurrency() {
        return caughtUp.isCaughtUp() ? 1 : 0;
    }

    @Override
    public Uni<Void> run(ClaimedTask task, Lease lease) {
        var after = task.payload(RedecideRequest.class).after();
        return sessions.withTransaction((session, _) -> part(session, after).chain(() -> lease.complete(session)));
    }

    private Uni<Void> part(Mutiny.Session session, String after) {
        return inventory
                .after(session, after, config.batch())
                .chain(images -> images.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : decideImages
                                .decide(session, images)
                                .chain(() -> images.size() < config.batch()
                                        ? Uni.createFrom().voidItem()
                                        : requests.redecide(session, images.getLast())));
    }
}
