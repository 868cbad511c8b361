package dev.longshore.retention.apply;

import dev.longshore.oci.Digest;
import dev.longshore.oci.Reference;
import dev.longshore.oci.client.FetchedManifest;
import dev.longshore.retention.domain.Deletion;
import dev.longshore.retention.domain.policy.Reason;
import dev.longshore.tasks.TaskFailure.RetryLater;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;

/** Reads tag and digest again before a delete: the inventory may not have heard of the last push yet. */
@ApplicationScoped
class ReadAgain {

    /** So often an inventory that does not know all tags yet is waited for. */
    private static final int ATTEMPTS_UNTIL_HEARD = 4;

    private static final Duration UNTIL_HEARD = Duration.ofSeconds(2);

    private final UnheardTags unheardTags;

    ReadAgain(UnheardTags unheardTags) {
        this.unheardTags = unheardTags;
    }

    Uni<Found> read(Retirement retirement) {
        return unheardTags
                .first(retirement)
                .chain(unheard -> unheard.isPresent()
                        ? Uni.createFrom().item(() -> unheard(retirement, unheard.get()))
                        : readDeletion(retirement));
    }

    private static Found unheard(Retirement retirement, String tag) {
        var reason = "the registry has a tag %s of which nothing is known yet".formatted(tag);
        if (retirement.task().attempt() < ATTEMPTS_UNTIL_HEARD) {
            throw new RetryLater(Reason.Code.INCOMPLETE.toString(), "It waits: " + reason, UNTIL_HEARD);
        }
        return new Found.Changed(reason);
    }

    private Uni<Found> readDeletion(Retirement retirement) {
        var deletion = retirement.deletion();
        var tag = deletion.onlyTag();
        return tag == null
                ? moved(retirement, deletion)
                        .chain(moved -> moved.isPresent()
                                ? Uni.createFrom().item(new Found.Changed(moved.get()))
                                : get(retirement, new Reference.Pinned(repository(retirement), deletion.digest())))
                : get(retirement, new Reference.Tagged(repository(retirement), tag));
    }

    /** Why one of the tags does not name the manifest any more; a tag that is gone is no reason. */
    private static Uni<Optional<String>> moved(Retirement retirement, Deletion deletion) {
        return Multi.createFrom()
                .iterable(deletion.tags())
                .onItem()
                .transformToUniAndConcatenate(tag -> retirement
                        .client()
                        .headManifest(new Reference.Tagged(repository(retirement), tag))
                        .map(found -> found.filter(other -> !other.digest().equals(deletion.digest()))
                                .map(other -> moved(tag, other.digest()))))
                .filter(Optional::isPresent)
                .map(Optional::get)
                .collect()
                .first()
                .map(Optional::ofNullable);
    }

    private static Uni<Found> get(Retirement retirement, Reference reference) {
        return retirement
                .client()
                .getManifest(reference)
                .map(found -> found.map(manifest -> judge(retirement.deletion(), reference, manifest))
                        .orElseGet(Found.Gone::new));
    }

    private static Found judge(Deletion deletion, Reference reference, FetchedManifest manifest) {
        return manifest.digest().equals(deletion.digest())
                ? new Found.There(manifest)
                : new Found.Changed(moved(reference.value(), manifest.digest()));
    }

    private static String moved(String tag, Digest digest) {
        return "the tag %s names %s by now".formatted(tag, digest);
    }

    private static String repository(Retirement retirement) {
        return retirement.planned().repository();
    }
}
