package dev.longshore.retention.apply;

import dev.longshore.events.ErrorCode;
import dev.longshore.oci.Reference;
import dev.longshore.oci.client.FetchedManifest;
import dev.longshore.registries.Vendor;
import dev.longshore.registries.deletion.Deletion;
import dev.longshore.registries.deletion.RegistryDeletes;
import dev.longshore.retention.domain.Decision;
import dev.longshore.retention.postgres.RetiredManifest;
import dev.longshore.retention.postgres.RetiredManifests;
import dev.longshore.tasks.TaskFailure.GiveUp;
import dev.longshore.tasks.TaskFailure.RetryLater;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/** Records a manifest and deletes it. The only place of the service that deletes anything at a registry. */
@ApplicationScoped
class Removals {

    /** A registry that is slow to forget is asked again; one that never does is found out soon. */
    private static final int ATTEMPTS_IF_KEPT = 3;

    private static final Duration PAUSE_IF_KEPT = Duration.ofSeconds(1);

    private final Mutiny.SessionFactory sessions;
    private final RetiredManifests retired;

    Removals(Mutiny.SessionFactory sessions, RetiredManifests retired) {
        this.sessions = sessions;
        this.retired = retired;
    }

    /** Recorded before, so that whoever takes over knows what may have happened. */
    Uni<Void> remove(Retirement retirement, Decision.Delete decision, FetchedManifest manifest) {
        return retirement
                .lease()
                .check()
                .chain(() -> sessions.withTransaction(
                        (session, _) -> retired.record(session, record(retirement, decision, manifest))))
                .chain(() -> delete(retirement, decision))
                .invoke(outcome -> requireGone(retirement, outcome))
                .replaceWithVoid();
    }

    private static Uni<Deletion> delete(Retirement retirement, Decision.Delete decision) {
        var deletes = RegistryDeletes.of(Vendor.parse(retirement.registry().vendor()), retirement.client());
        var repository = retirement.planned().repository();
        var tag = decision.deletion().onlyTag();
        return tag == null
                ? required(deletes.manifests(), retirement)
                        .deleteManifest(new Reference.Pinned(
                                repository, decision.deletion().digest()))
                : required(deletes.tags(), retirement).deleteTag(new Reference.Tagged(repository, tag));
    }

    private static RetiredManifest record(Retirement retirement, Decision.Delete decision, FetchedManifest manifest) {
        var planned = retirement.planned();
        return new RetiredManifest(
                planned.id(),
                planned.plan(),
                planned.project(),
                planned.registry(),
                planned.repository(),
                manifest.digest(),
                decision.deletion().tags(),
                manifest.mediaType(),
                manifest.content());
    }

    private static void requireGone(Retirement retirement, Deletion outcome) {
        if (outcome == Deletion.STILL_THERE) {
            var reason = "The registry answered the delete of %s with success, and has it still"
                    .formatted(retirement.planned().reference());
            throw retirement.task().attempt() < ATTEMPTS_IF_KEPT
                    ? new RetryLater(ErrorCode.NOT_DELETED.code(), reason, PAUSE_IF_KEPT)
                    : new GiveUp(ErrorCode.NOT_DELETED.code(), reason);
        }
    }

    private static <T> T required(Optional<T> capability, Retirement retirement) {
        return capability.orElseThrow(() -> new GiveUp(
                ErrorCode.DELETES_UNSUPPORTED.code(),
                "Longshore cannot delete %s at this vendor's registries"
                        .formatted(retirement.planned().reference())));
    }
}
