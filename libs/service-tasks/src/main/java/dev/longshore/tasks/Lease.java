package dev.longshore.tasks;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import java.time.Duration;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * The right to work on a task, held until a deadline that heartbeats move. Results are written only under its fencing
 * token; what a registry is told, only before the deadline.
 */
public final class Lease {

    static final Duration TIME = Duration.ofSeconds(30);
    static final Duration HEARTBEAT = Duration.ofSeconds(10);

    /** A request may take a while to arrive: the last part of a lease is not used. */
    private static final Duration MARGIN = Duration.ofSeconds(5);

    private static final String IF_HELD = "where id = :id and fencing_token = :token and state = 'running'";
    private static final String HOLD = "update task set lease_until = lease_until %s";
    private static final String COMPLETE = """
            update task set state = 'succeeded', finished_at = now(), lease_until = null, error_code = null, error = null
            %s""";

    private final ClaimedTask task;
    private volatile Duration deadline;
    private volatile boolean lost;
    private volatile boolean completed;
    private volatile @Nullable Cancellable work;

    Lease(ClaimedTask task, Duration claimedAt) {
        this.task = task;
        this.deadline = claimedAt.plus(TIME);
    }

    /** Fails with {@link LeaseLostException} once the lease is lost. Asked before each request that changes a registry. */
    public Uni<Void> check() {
        return Uni.createFrom().voidItem().invoke(this::requireHeld);
    }

    /** Ends the task as succeeded in the session's transaction, which fails if the lease was lost. */
    public Uni<Void> complete(Mutiny.Session session) {
        return write(session, COMPLETE).invoke(() -> completed = true);
    }

    /** Fails the session's transaction if the lease was lost; until that ends, nobody else takes the task. */
    public Uni<Void> hold(Mutiny.Session session) {
        return write(session, HOLD);
    }

    ClaimedTask task() {
        return task;
    }

    boolean isCompleted() {
        return completed;
    }

    void workIs(Cancellable running) {
        work = running;
    }

    void renewed(Duration at) {
        deadline = at.plus(TIME);
    }

    /** Cuts the work now. */
    void lose() {
        lost = true;
        var running = work;
        if (running != null) {
            running.cancel();
        }
    }

    private Uni<Void> write(Mutiny.Session session, String what) {
        return session.createNativeQuery(what.formatted(IF_HELD))
                .setParameter("id", task.id())
                .setParameter("token", task.fencingToken())
                .executeUpdate()
                .invoke(updated -> {
                    if (updated != 1) {
                        throw new LeaseLostException(task.id());
                    }
                })
                .replaceWithVoid();
    }

    private void requireHeld() {
        if (lost || BootClock.now().compareTo(deadline.minus(MARGIN)) >= 0) {
            throw new LeaseLostException(task.id());
        }
    }
}
