package dev.longshore.push.checkpoint.task;

import dev.longshore.events.AuditEvent.AuditRecorded;
import dev.longshore.events.AuditEvent.Result;
import dev.longshore.kit.outbox.Outbox;
import dev.longshore.kit.trace.TraceParent;
import dev.longshore.oci.ImageReference;
import dev.longshore.push.checkpoint.domain.CheckpointImage;
import dev.longshore.push.checkpoint.domain.ReadArchive;
import dev.longshore.push.checkpoint.postgres.Checkpoints;
import dev.longshore.tasks.ClaimedTask;
import dev.longshore.tasks.GivenUp;
import dev.longshore.tasks.Lease;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Writes down what came of a push, with its audit entry, in the transaction that ends the task. */
@ApplicationScoped
class PushOutcomes {

    private static final String ACTION = "checkpoint.pushed";

    private final Mutiny.SessionFactory sessions;
    private final Checkpoints checkpoints;
    private final Outbox outbox;
    private final CheckpointMetrics metrics;
    private final CheckpointProgress progress;
    private final Clock clock = Clock.systemUTC();

    PushOutcomes(
            Mutiny.SessionFactory sessions,
            Checkpoints checkpoints,
            Outbox outbox,
            CheckpointMetrics metrics,
            CheckpointProgress progress) {
        this.sessions = sessions;
        this.checkpoints = checkpoints;
        this.outbox = outbox;
        this.metrics = metrics;
        this.progress = progress;
    }

    Uni<Void> read(ClaimedTask task, ReadArchive archive, ImageReference target) {
        return checkpoints.read(
                String.valueOf(task.execution()),
                archive,
                target.repository(),
                target.tag().orElseThrow());
    }

    Uni<Void> pushed(
            ClaimedTask task,
            Lease lease,
            PushRequest request,
            ImageReference target,
            ReadArchive archive,
            CheckpointImage image) {
        var what = new TreeMap<String, Object>(Map.of(
                "digest", image.digest().toString(),
                "archive", archive.digest().toString(),
                "engine", archive.checkpoint().engine().toString(),
                "container", archive.checkpoint().container()));
        var entry = audit(task, request, target.toString(), Result.SUCCEEDED, null, what);
        return sessions.withTransaction((session, _) -> lease.complete(session)
                        .chain(() -> checkpoints.pushed(session, String.valueOf(task.execution()), image.digest()))
                        .chain(() -> outbox.append(session, entry)))
                .invoke(() -> metrics.pushed(request.registry(), archive.size()))
                .invoke(() -> progress.succeeded(task, request, "pushed " + target));
    }

    Uni<Void> failed(Mutiny.Session session, ClaimedTask task, PushRequest request, GivenUp why) {
        metrics.failed(request.registry(), why.code());
        progress.failed(task, request, why.reason());
        var entry = audit(task, request, place(request), Result.FAILED, why.reason(), null);
        return checkpoints
                .failed(session, String.valueOf(task.execution()), why)
                .chain(() -> outbox.append(session, entry));
    }

    private static String place(PushRequest request) {
        return request.repository() == null
                ? "registries/" + request.registry()
                : request.registry() + "/" + request.repository();
    }

    private AuditRecorded audit(
            ClaimedTask task,
            PushRequest request,
            String resource,
            Result result,
            @Nullable String detail,
            @Nullable Map<String, Object> after) {
        return new AuditRecorded(
                task.project(),
                request.requestedBy(),
                request.callerAddress(),
                request.callerToken(),
                ACTION,
                resource,
                result,
                detail,
                null,
                after,
                TraceParent.traceId().orElse(null),
                clock.instant());
    }
}
