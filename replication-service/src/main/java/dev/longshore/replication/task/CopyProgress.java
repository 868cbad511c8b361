package dev.longshore.replication.task;

import dev.longshore.events.ProgressEvent.ProgressReported;
import dev.longshore.kit.progress.Progress;
import dev.longshore.replication.plan.CopyTask;
import dev.longshore.replication.postgres.TaskStates;
import dev.longshore.tasks.ClaimedTask;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.function.BiConsumer;
import org.hibernate.reactive.mutiny.Mutiny;

/** Tells how far a copy is, and when the last of its execution ended. */
@ApplicationScoped
class CopyProgress {

    private static final double ALL = 100;

    private final Progress progress;
    private final TaskStates states;
    private final Mutiny.SessionFactory sessions;
    private final Clock clock = Clock.systemUTC();

    CopyProgress(Progress progress, TaskStates states, Mutiny.SessionFactory sessions) {
        this.progress = progress;
        this.states = states;
        this.sessions = sessions;
    }

    BiConsumer<Double, String> of(ClaimedTask task, CopyTask copy) {
        return (share, message) -> report(task, copy, share * ALL, "running", message);
    }

    /** Said of the whole execution, once nothing of it is left. */
    Uni<Void> ended(ClaimedTask task, CopyTask copy, String state, String message) {
        return sessions.withSession(session -> states.isOver(session, String.valueOf(task.execution())))
                .invoke(over -> report(task, copy, ALL, over ? state : "running", message))
                .replaceWithVoid();
    }

    void failed(ClaimedTask task, CopyTask copy, String message) {
        report(task, copy, ALL, "failed", message);
    }

    private void report(ClaimedTask task, CopyTask copy, double percent, String state, String message) {
        if (task.execution() != null) {
            progress.report(new ProgressReported(
                    task.project(),
                    task.execution(),
                    CopyTask.KIND,
                    copy.source().toString(),
                    percent,
                    state,
                    message,
                    clock.instant()));
        }
    }
}
