package dev.longshore.tasks;

import dev.longshore.kit.work.Background;
import dev.longshore.kit.work.Notifications;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Claims tasks and has them done, for each kind as many at once as its handler allows; keeps their leases alive, and
 * gives back what a dead worker left. Any number of replicas may run.
 */
@ApplicationScoped
class TaskRunner {

    private static final Logger LOG = Logger.getLogger(TaskRunner.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final List<TaskHandler> handlers;
    private final TaskRows rows;
    private final TaskAttempt attempts;
    private final Background background;
    private final Vertx vertx;
    private final String worker = UUID.randomUUID().toString();
    private final Map<Long, Lease> held = new ConcurrentHashMap<>();
    private final Map<String, Claims> claims = new ConcurrentHashMap<>();
    private volatile boolean stopped;

    TaskRunner(
            @All List<TaskHandler> handlers,
            TaskRows rows,
            TaskAttempt attempts,
            Background background,
            Notifications notifications,
            Vertx vertx) {
        this.handlers = handlers;
        this.rows = rows;
        this.attempts = attempts;
        this.background = background;
        this.vertx = vertx;
        notifications.on("task", () -> {
            look();
            renew();
        });
    }

    void start(@Observes StartupEvent event) {
        handlers.forEach(handler -> claims.put(handler.kind(), new Claims()));
        vertx.setPeriodic(LOOK_EVERY.toMillis(), _ -> look());
        vertx.setPeriodic(Lease.HEARTBEAT.toMillis(), _ -> renew());
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
    }

    @Scheduled(every = "5s", delayed = "5s")
    Uni<Void> giveBack() {
        return rows.returnExpired()
                .invoke(returned -> {
                    if (returned > 0) {
                        LOG.warnf("Gave back %d tasks whose worker is gone", returned);
                    }
                })
                .replaceWithVoid();
    }

    @Scheduled(every = "1h", delayed = "5m")
    Uni<Void> prune() {
        return rows.prune();
    }

    /** One claim of a kind is under way at a time; being asked meanwhile means claiming once more. */
    private static final class Claims {
        private int running;
        private boolean claiming;
        private boolean again;
    }

    private void look() {
        handlers.forEach(this::claim);
    }

    private void claim(TaskHandler handler) {
        var mine = claims.get(handler.kind());
        if (stopped || mine == null) {
            return;
        }
        int free;
        synchronized (mine) {
            free = handler.concurrency() - mine.running;
            if (free <= 0 || mine.claiming) {
                mine.again = true;
                return;
            }
            mine.claiming = true;
            mine.again = false;
        }
        var claimedAt = BootClock.now();
        background.start(
                "claim tasks",
                () -> rows.claim(handler.kind(), free, worker)
                        .invoke(tasks -> {
                            synchronized (mine) {
                                mine.running += tasks.size();
                            }
                            tasks.forEach(task -> run(handler, task, claimedAt, mine));
                        })
                        .replaceWithVoid()
                        .eventually(() -> claimed(handler, mine)));
    }

    private void claimed(TaskHandler handler, Claims mine) {
        boolean more;
        synchronized (mine) {
            mine.claiming = false;
            more = mine.again && mine.running < handler.concurrency();
        }
        if (more) {
            claim(handler);
        }
    }

    private void run(TaskHandler handler, ClaimedTask task, Duration claimedAt, Claims mine) {
        var lease = new Lease(task, claimedAt);
        held.put(task.id(), lease);
        lease.workIs(background.run(
                () -> attempts.run(handler, lease).onTermination().invoke(() -> ended(handler, task, mine)),
                () -> {},
                failure -> LOG.warnf(failure, "Could not settle task %d; its lease will run out", task.id())));
    }

    private void ended(TaskHandler handler, ClaimedTask task, Claims mine) {
        held.remove(task.id());
        synchronized (mine) {
            mine.running--;
        }
        claim(handler);
    }

    private void renew() {
        var ids = List.copyOf(held.keySet());
        if (ids.isEmpty()) {
            return;
        }
        var askedAt = BootClock.now();
        background.start(
                "renew leases",
                () -> rows.renew(ids, worker)
                        .invoke(renewed -> ids.forEach(id -> {
                            var lease = held.get(id);
                            if (lease == null || lease.isCompleted()) {
                                return;
                            }
                            if (renewed.contains(id)) {
                                lease.renewed(askedAt);
                            } else {
                                LOG.warnf("Task %d was stopped or taken over", id);
                                lease.lose();
                            }
                        }))
                        .replaceWithVoid());
    }
}
