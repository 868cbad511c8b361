package dev.longshore.tasks;

import io.smallrye.mutiny.Uni;
import org.hibernate.reactive.mutiny.Mutiny;

/** Does the tasks of one kind. Implementations are application-scoped beans and are found by themselves. */
public interface TaskHandler {

    String kind();

    /** How many run at once in this process. */
    int concurrency();

    /**
     * Does the task. It may be done for a second time after a crash, so its effects are idempotent. Cancelled when the
     * lease is lost. Write results in one transaction with {@link Lease#complete}.
     */
    Uni<Void> run(ClaimedTask task, Lease lease);

    /** The task ends as failed: called in the transaction in which it does. */
    default Uni<Void> givenUp(Mutiny.Session session, ClaimedTask task, GivenUp why) {
        return Uni.createFrom().voidItem();
    }
}
