package dev.longshore.push.task;

import dev.longshore.push.domain.Change;
import dev.longshore.push.domain.Reading;
import dev.longshore.push.postgres.Hints;
import dev.longshore.push.postgres.Hints.Claimed;
import dev.longshore.push.postgres.Inventory;
import dev.longshore.push.postgres.Registries;
import dev.longshore.push.task.ResolveReference.Work;
import dev.longshore.tasks.ClaimedTask;
import dev.longshore.tasks.GivenUp;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** The transactions of a resolution. The lease comes first in each: a worker that lost it writes nothing. */
@ApplicationScoped
class ResolveWrites {

    private final Mutiny.SessionFactory sessions;
    private final Registries registries;
    private final Hints hints;
    private final Inventory inventory;

    ResolveWrites(Mutiny.SessionFactory sessions, Registries registries, Hints hints, Inventory inventory) {
        this.sessions = sessions;
        this.registries = registries;
        this.hints = hints;
        this.inventory = inventory;
    }

    Uni<Claimed> claim(Work work) {
        return hints.claim(work.request(), work.task().id());
    }

    Uni<List<Change>> answer(Work work, Claimed claimed, Reading reading) {
        return sessions.withTransaction((session, _) -> work.lease()
                .complete(session)
                .chain(() -> registries.heldOwners(
                        session, work.request().registry(), work.task().project()))
                .chain(owners -> inventory.write(session, work.place(owners), reading, claimed.hints()))
                .call(() -> hints.done(session, work.task().id())));
    }

    Uni<Void> unanswered(Work work, String reason) {
        return sessions.withTransaction((session, _) -> work.lease()
                .complete(session)
                .chain(() -> hints.failed(session, work.task().id(), reason)));
    }

    Uni<Void> givenUp(Mutiny.Session session, ClaimedTask task, GivenUp why) {
        return hints.failed(session, task.id(), why.reason());
    }
}
