package dev.longshore.scan.deciding;

import dev.longshore.scan.task.DecideRequest;
import dev.longshore.tasks.ClaimedTask;
import dev.longshore.tasks.Lease;
import dev.longshore.tasks.TaskHandler;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** Decides on one image. */
@ApplicationScoped
class DecideTask implements TaskHandler {

    private static final int CONCURRENCY = 4;

    private final Mutiny.SessionFactory sessions;
    private final DecideImages decideImages;
    private final CaughtUp caughtUp;

    DecideTask(Mutiny.SessionFactory sessions, DecideImages decideImages, CaughtUp caughtUp) {
        this.sessions = sessions;
        this.decideImages = decideImages;
        this.caughtUp = caughtUp;
    }

    @Override
    public String kind() {
        return DecideRequest.KIND;
    }

    @Override
    public int concurrency() {
        return caughtUp.isCaughtUp() ? CONCURRENCY : 0;
    }

    @Override
    public Uni<Void> run(ClaimedTask task, Lease lease) {
        var image = task.payload(DecideRequest.class).image();
        return sessions.withTransaction(
                (session, _) -> decideImages.decide(session, List.of(image)).chain(() -> lease.complete(session)));
    }
}
