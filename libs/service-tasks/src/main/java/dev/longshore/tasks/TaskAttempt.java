package dev.longshore.tasks;

import dev.longshore.kit.trace.TraceParent;
import dev.longshore.kit.work.Transient;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/** One attempt at a task: runs the handler inside the task's trace, and writes down what came of it. */
@ApplicationScoped
class TaskAttempt {

    private static final Logger LOG = Logger.getLogger(TaskAttempt.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private final Mutiny.SessionFactory sessions;
    private final TaskRows rows;
    private final Tracer tracer;
    private final MeterRegistry meters;

    TaskAttempt(Mutiny.SessionFactory sessions, TaskRows rows, Tracer tracer, MeterRegistry meters) {
        this.sessions = sessions;
        this.rows = rows;
        this.tracer = tracer;
        this.meters = meters;
    }

    // The scope stays open while the attempt runs: it is closed when the attempt ends.
    @SuppressWarnings("MustBeClosedChecker")
    Uni<Void> run(TaskHandler handler, Lease lease) {
        var task = lease.task();
        var span = tracer.spanBuilder("task " + task.kind())
                .setParent(TraceParent.context(task.traceParent()))
                .setAttribute("longshore.task", task.id())
                .setAttribute("longshore.attempt", task.attempt())
                .startSpan();
        // Made current on this attempt's own Vert.x context, where it stays until the attempt ends.
        var scope = span.makeCurrent();
        var sample = Timer.start(meters);
        return Uni.createFrom()
                .deferred(() -> handler.run(task, lease))
                .chain(() -> completeIfOpen(lease))
                .replaceWith("succeeded")
                .onFailure()
                .recoverWithUni(failure -> {
                    span.setStatus(StatusCode.ERROR, String.valueOf(failure.getMessage()));
                    return settle(handler, task, failure);
                })
                .onItemOrFailure()
                .call((outcome, failure) -> Uni.createFrom().voidItem().invoke(() -> {
                    sample.stop(meters.timer(
                            "longshore.task", "kind", task.kind(), "outcome", failure == null ? outcome : "unsettled"));
                }))
                .onTermination()
                .invoke(() -> {
                    span.end();
                    scope.close();
                })
                .replaceWithVoid();
    }

    private Uni<Void> completeIfOpen(Lease lease) {
        return lease.isCompleted()
                ? Uni.createFrom().voidItem()
                : sessions.withTransaction((session, _) -> lease.complete(session));
    }

    private Uni<String> settle(TaskHandler handler, ClaimedTask task, Throwable failure) {
        return switch (failure) {
            case LeaseLostException lost -> {
                LOG.warn(lost.getMessage());
                yield Uni.createFrom().item("lease-lost");
            }
            case TaskFailure.GiveUp giveUp -> giveUp(handler, task, new GivenUp(giveUp.code(), giveUp.reason()));
            case TaskFailure.RetryLater later ->
                task.attempt() >= task.maxAttempts()
                        ? giveUp(handler, task, new GivenUp(later.code(), later.reason()))
                        : retry(task, later.code(), later.reason(), later.after());
            default -> settleUnforeseen(handler, task, failure);
        };
    }

    private Uni<String> settleUnforeseen(TaskHandler handler, ClaimedTask task, Throwable failure) {
        LOG.warnf(failure, "Attempt %d at task %d (%s) failed", task.attempt(), task.id(), task.kind());
        // What the database or the broker did is not the task's fault, however often it happens.
        if (!Transient.isTransient(failure) && task.attempt() >= task.maxAttempts()) {
            return giveUp(handler, task, new GivenUp("internal", String.valueOf(failure.getMessage())));
        }
        return retry(task, "internal", String.valueOf(failure.getMessage()), pause(task.attempt()));
    }

    private Uni<String> retry(ClaimedTask task, String code, String reason, Duration after) {
        return rows.retry(task, code, reason, after).replaceWith("retried");
    }

    private Uni<String> giveUp(TaskHandler handler, ClaimedTask task, GivenUp why) {
        LOG.warnf("Gave up task %d (%s) after attempt %d: %s", task.id(), task.kind(), task.attempt(), why.reason());
        return sessions.withTransaction((session, _) -> TaskRows.fail(session, task, why)
                        .chain(failed -> failed
                                ? handler.givenUp(session, task, why)
                                : Uni.createFrom().voidItem()))
                .replaceWith("failed");
    }

    /** Doubled with each attempt, with jitter, so that what failed together does not come back together. */
    private static Duration pause(int attempt) {
        var doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(attempt - 1, 10));
        var bounded = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
        return bounded.plusMillis(ThreadLocalRandom.current().nextLong(bounded.toMillis() / 2 + 1));
    }
}
