package dev.longshore.retention.restore;

import dev.longshore.events.AuditEvent;
import dev.longshore.events.AuditEvent.AuditRecorded;
import dev.longshore.events.ErrorCode;
import dev.longshore.kit.change.Freezes;
import dev.longshore.kit.change.FrozenException;
import dev.longshore.kit.outbox.Outbox;
import dev.longshore.kit.trace.TraceParent;
import dev.longshore.oci.Reference;
import dev.longshore.oci.client.RegistryClient;
import dev.longshore.oci.client.http.RegistryException.Rejected;
import dev.longshore.registries.RegistryClients;
import dev.longshore.retention.postgres.RetiredManifest;
import dev.longshore.retention.postgres.RetiredManifests;
import dev.longshore.tasks.ClaimedTask;
import dev.longshore.tasks.Lease;
import dev.longshore.tasks.TaskFailure.GiveUp;
import dev.longshore.tasks.TaskHandler;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.hibernate.reactive.mutiny.Mutiny;

/** Pushes recorded manifests and their tags back. A tag that names something by now is left alone. */
@ApplicationScoped
class RestoreImage implements TaskHandler {

    private final Mutiny.SessionFactory sessions;
    private final RestoreRows rows;
    private final RetiredManifests retired;
    private final RegistryClients clients;
    private final Freezes freezes;
    private final Outbox outbox;

    RestoreImage(
            Mutiny.SessionFactory sessions,
            RestoreRows rows,
            RetiredManifests retired,
            RegistryClients clients,
            Freezes freezes,
            Outbox outbox) {
        this.sessions = sessions;
        this.rows = rows;
        this.retired = retired;
        this.clients = clients;
        this.freezes = freezes;
        this.outbox = outbox;
    }

    @Override
    public String kind() {
        return RestoreTask.KIND;
    }

    @Override
    public int concurrency() {
        return 2;
    }

    @Override
    public Uni<Void> run(ClaimedTask task, Lease lease) {
        var restore = task.payload(RestoreTask.class);
        return rows.find(restore.reference())
                .map(found -> found.orElseThrow(() -> new GiveUp(
                        ErrorCode.NOT_FOUND.code(), "Nothing is recorded as deleted under " + restore.reference())))
                .chain(found -> clients.client(found.registry())
                        .map(client -> client.guardedBy(() -> lease.check()
                                .chain(() -> freezes.check(found.registry().name(), task.project()))))
                        .chain(client -> push(client, found.plan().manifests()))
                        .chain(() -> restored(lease, restore, found)))
                .onFailure()
                .transform(RestoreImage::toTaskFailure);
    }

    private static Uni<Void> push(RegistryClient client, List<RetiredManifest> manifests) {
        return Multi.createFrom()
                .iterable(manifests)
                .onItem()
                .transformToUniAndConcatenate(
                        manifest -> client.putManifest(manifest.reference(), manifest.mediaType(), manifest.content())
                                .chain(() -> tag(client, manifest)))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private static Uni<Void> tag(RegistryClient client, RetiredManifest manifest) {
        return Multi.createFrom()
                .iterable(manifest.tags())
                .map(tag -> new Reference.Tagged(manifest.repository(), tag))
                .onItem()
                .transformToUniAndConcatenate(tag -> client.headManifest(tag)
                        .chain(found -> found.isPresent()
                                ? Uni.createFrom().voidItem()
                                : client.putManifest(tag, manifest.mediaType(), manifest.content())
                                        .replaceWithVoid()))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> restored(Lease lease, RestoreTask restore, RestoreRows.Found found) {
        var deletions =
                found.plan().manifests().stream().map(RetiredManifest::deletion).toList();
        return sessions.withTransaction((session, _) -> lease.complete(session)
                .chain(() -> retired.restored(session, deletions))
                .chain(() -> outbox.append(session, audit(restore, found))));
    }

    private static AuditRecorded audit(RestoreTask restore, RestoreRows.Found found) {
        return new AuditRecorded(
                found.project(),
                restore.requestedBy(),
                null,
                null,
                "image.restored",
                restore.reference().toString(),
                AuditEvent.Result.SUCCEEDED,
                null,
                null,
                Map.of(
                        "digest", found.wanted().digest().toString(),
                        "manifests", found.plan().manifests().size(),
                        "plan", found.wanted().plan()),
                TraceParent.traceId().orElse(null),
                Instant.now());
    }

    private static Throwable toTaskFailure(Throwable failure) {
        return switch (failure) {
            case FrozenException frozen -> new GiveUp(ErrorCode.FROZEN.code(), String.valueOf(frozen.getMessage()));
            // Registries look whether they have what a manifest names.
            case Rejected rejected -> new GiveUp(ErrorCode.CONTENT_GONE.code(), String.valueOf(rejected.getMessage()));
            default -> failure;
        };
    }
}
