package dev.longshore.push.checkpoint.task;

import dev.longshore.events.ProgressEvent.ProgressReported;
import dev.longshore.kit.progress.Progress;
import dev.longshore.tasks.ClaimedTask;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/** How far a push is. The percentages are those of SNAP, whose callers know them. */
@ApplicationScoped
class CheckpointProgress {

    static final double BEGUN = 12.5;
    static final double REGISTRY_REACHED = 15;
    static final double READ = 60;
    static final double IMAGE_MADE = 62.5;
    static final double UPLOADING = 75;
    static final double UPLOADED = 99;
    private static final double DONE = 100;

    private final Progress progress;
    private final Clock clock = Clock.systemUTC();

    CheckpointProgress(Progress progress) {
        this.progress = progress;
    }

    void at(ClaimedTask task, PushRequest request, double percent, String message) {
        report(task, request, percent, "running", message);
    }

    /** A part of the way from one percentage to another. */
    void between(ClaimedTask task, PushRequest request, double from, double to, double part, String message) {
        at(task, request, from + (to - from) * Math.min(Math.max(part, 0), 1), message);
    }

    void succeeded(ClaimedTask task, PushRequest request, String message) {
        report(task, request, DONE, "succeeded", message);
    }

    void failed(ClaimedTask task, PushRequest request, String message) {
        report(task, request, DONE, "failed", message);
    }

    private void report(ClaimedTask task, PushRequest request, double percent, String state, String message) {
        progress.report(new ProgressReported(
                task.project(),
                String.valueOf(task.execution()),
                PushRequest.KIND,
                request.registry(),
                percent,
                state,
                message,
                clock.instant(),
                request.requestedBy()));
    }
}
