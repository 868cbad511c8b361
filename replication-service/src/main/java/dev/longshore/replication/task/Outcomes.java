package dev.longshore.replication.task;

import dev.longshore.events.AuditEvent;
import dev.longshore.events.AuditEvent.AuditRecorded;
import dev.longshore.events.ReplicationEvent.ReplicationCompleted;
import dev.longshore.events.ReplicationEvent.ReplicationFailed;
import dev.longshore.kit.outbox.Outbox;
import dev.longshore.kit.trace.TraceParent;
import dev.longshore.replication.copy.CopyResult;
import dev.longshore.replication.plan.CopyTask;
import dev.longshore.replication.postgres.Replica;
import dev.longshore.replication.postgres.Replicas;
import dev.longshore.replication.postgres.TaskStates;
import dev.longshore.tasks.ClaimedTask;
import dev.longshore.tasks.GivenUp;
import dev.longshore.tasks.Lease;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Writes down what came of a copy: the replica, the facts and the audit entry, in the transaction that ends the task. */
@ApplicationScoped
class Outcomes {

    private static final Logger LOG = Logger.getLogger(Outcomes.class);
    private static final String SKIPPED = "skipped";

    private final Mutiny.SessionFactory sessions;
    private final Replicas replicas;
    private final TaskStates states;
    private final Outbox outbox;
    private final ReplicationMetrics metrics;
    private final Clock clock = Clock.systemUTC();

    Outcomes(
            Mutiny.SessionFactory sessions,
            Replicas replicas,
            TaskStates states,
            Outbox outbox,
            ReplicationMetrics metrics) {
        this.sessions = sessions;
        this.replicas = replicas;
        this.states = states;
        this.outbox = outbox;
        this.metrics = metrics;
    }

    Uni<Void> skipped(ClaimedTask task, Lease lease, CopyTask copy, String reason) {
        LOG.infof("Did not copy %s to %s: %s", copy.source(), copy.target(), reason);
        return sessions.withTransaction((session, _) ->
                        lease.complete(session).chain(() -> states.explain(session, task.id(), SKIPPED, reason)))
                .invoke(() -> metrics.ended(copy.rule(), SKIPPED, ""));
    }

    Uni<Void> copied(ClaimedTask task, Lease lease, CopyTask copy, Preparation.Ready ready, CopyResult result) {
        var now = clock.instant();
        LOG.infof(
                "Copied %s to %s: %s, %d manifests, %d referrers, %d bytes sent",
                copy.source(),
                copy.target(),
                result.digest(),
                result.manifests(),
                result.referrers().size(),
                result.bytes());
        var isNews = result.changed() || ready.news();
        return sessions.withTransaction((session, _) -> lease.complete(session)
                        .chain(() -> replicas.put(session, replica(task, copy, result, now)))
                        .chain(() -> isNews
                                ? outbox.append(
                                        session,
                                        completed(task, copy, result, now),
                                        audit(task, copy, AuditEvent.Result.SUCCEEDED, null, after(copy, result), now))
                                : Uni.createFrom().voidItem()))
                .invoke(() -> measure(copy, ready.pushedAt(), result, now));
    }

    /** In the transaction in which the task ends as failed. */
    Uni<Void> failed(Mutiny.Session session, ClaimedTask task, CopyTask copy, GivenUp why) {
        var now = clock.instant();
        metrics.ended(copy.rule(), "failed", why.code());
        var fact = new ReplicationFailed(
                task.project(),
                copy.rule(),
                execution(task),
                copy.source().toString(),
                copy.target().registry(),
                copy.target().repository(),
                copy.target().tag().orElse(null),
                copy.source().digest().orElse(null),
                why.code(),
                why.reason(),
                now);
        var detail = why.code() + ": " + why.reason();
        return outbox.append(session, fact, audit(task, copy, AuditEvent.Result.FAILED, detail, null, now));
    }

    private void measure(CopyTask copy, Optional<Instant> pushedAt, CopyResult result, Instant now) {
        metrics.bytes(copy.target().registry(), result.bytes());
        metrics.ended(copy.rule(), result.changed() ? "copied" : "unchanged", "");
        if (result.changed()) {
            pushedAt.ifPresent(pushed -> metrics.pushToCopied(copy.rule(), Duration.between(pushed, now)));
        }
    }

    private static Replica replica(ClaimedTask task, CopyTask copy, CopyResult result, Instant now) {
        return new Replica(
                task.project(),
                Optional.ofNullable(copy.rule()).orElse(""),
                copy.source(),
                copy.target(),
                result.digest(),
                result.referrers(),
                result.bytes(),
                execution(task),
                now);
    }

    private static ReplicationCompleted completed(ClaimedTask task, CopyTask copy, CopyResult result, Instant now) {
        return new ReplicationCompleted(
                task.project(),
                copy.rule(),
                execution(task),
                copy.source().toString(),
                copy.target().registry(),
                copy.target().repository(),
                copy.target().tag().orElse(null),
                result.digest(),
                result.manifests(),
                result.referrers().size(),
                result.bytes(),
                now);
    }

    private static AuditRecorded audit(
            ClaimedTask task,
            CopyTask copy,
            AuditEvent.Result result,
            @Nullable String detail,
            @Nullable Map<String, Object> after,
            Instant now) {
        return new AuditRecorded(
                task.project(),
                copy.requestedBy(),
                null,
                null,
                "image.copied",
                copy.target().toString(),
                result,
                detail,
                null,
                after,
                TraceParent.traceId().orElse(null),
                now);
    }

    private static Map<String, Object> after(CopyTask copy, CopyResult result) {
        return Map.of(
                "source", copy.source().toString(),
                "digest", result.digest().toString(),
                "manifests", result.manifests(),
                "referrers", result.referrers().size(),
                "bytes", result.bytes());
    }

    private static String execution(ClaimedTask task) {
        return Optional.ofNullable(task.execution()).orElse("");
    }
}
