package dev.longshore.replication.copy;

import dev.longshore.oci.Descriptor;
import dev.longshore.oci.Digest;
import dev.longshore.oci.client.PushedManifest;
import dev.longshore.oci.client.Referrers;
import dev.longshore.oci.client.http.RegistryException.Rejected;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Brings what was attached to an image (signatures, SBOMs, attestations), by the referrers API or the fallback tag on
 * either side, in all four combinations.
 */
@ApplicationScoped
class ReferrerCopy {

    /** A signature of an SBOM of an image is 2. */
    private static final int DEEPEST = 4;

    private final Contents contents;
    private final CopyConfig config;

    ReferrerCopy(Contents contents, CopyConfig config) {
        this.contents = contents;
        this.config = config;
    }

    /** What the target said to a referrer. */
    private enum Outcome {
        THERE,
        GONE_AT_SOURCE,
        REFUSED
    }

    private record Attachment(Digest subject, Descriptor referrer) {}

    /**
     * Brings the referrers of all these subjects, and theirs.
     *
     * @param subjectIsThere false before the subject's tag is put: what the target then refuses is left for later
     * @return whether some were left
     */
    Uni<Boolean> bring(Route route, Set<Digest> subjects, Tally tally, boolean subjectIsThere) {
        return each(subjects, subject -> bring(route, subject, tally, subjectIsThere, 1));
    }

    private Uni<Boolean> bring(Route route, Digest subject, Tally tally, boolean subjectIsThere, int depth) {
        if (depth > DEEPEST) {
            return Uni.createFrom().item(false);
        }
        return route.source()
                .referrers(route.fromRepository(), subject)
                .chain(found -> found.descriptors().isEmpty()
                        ? Uni.createFrom().item(false)
                        : route.target()
                                .referrers(route.toRepository(), subject)
                                .chain(there -> bringAll(route, subject, found, there, tally, subjectIsThere, depth)));
    }

    private Uni<Boolean> bringAll(
            Route route,
            Digest subject,
            Referrers found,
            Referrers there,
            Tally tally,
            boolean subjectIsThere,
            int depth) {
        if (tally.referrers().size() + found.descriptors().size() > config.mostReferrers()) {
            return Uni.createFrom()
                    .failure(new NotVerifiedException(
                            "Could not copy more than %d referrers with one image".formatted(config.mostReferrers())));
        }
        var listed = there.descriptors().stream().map(Descriptor::digest).collect(Collectors.toSet());
        return each(found.descriptors(), referrer -> {
            var attachment = new Attachment(subject, referrer);
            var outcome = listed.contains(referrer.digest())
                    ? Uni.createFrom().item(Outcome.THERE)
                    : attach(route, attachment, there.source(), tally, subjectIsThere);
            return outcome.chain(result -> onward(route, attachment, tally, subjectIsThere, depth, result));
        });
    }

    private Uni<Boolean> onward(
            Route route, Attachment attachment, Tally tally, boolean subjectIsThere, int depth, Outcome outcome) {
        if (outcome != Outcome.THERE) {
            return Uni.createFrom().item(outcome == Outcome.REFUSED);
        }
        var digest = attachment.referrer().digest();
        tally.has(digest);
        tally.attached(attachment.subject(), digest);
        return bring(route, digest, tally, subjectIsThere, depth + 1);
    }

    private Uni<Outcome> attach(
            Route route, Attachment attachment, Referrers.Source target, Tally tally, boolean subjectIsThere) {
        var digest = attachment.referrer().digest();
        return contents.bring(route, digest, tally)
                .call(pushed -> needsFallback(pushed, target)
                        ? route.target()
                                .addReferrerToFallback(
                                        route.toRepository(), attachment.subject(), attachment.referrer())
                        : Uni.createFrom().voidItem())
                .replaceWith(Outcome.THERE)
                // A list that clients keep may name what is long gone.
                .onFailure(failure -> failure instanceof IncompleteSourceException missing
                        && missing.digest().equals(digest))
                .recoverWithItem(Outcome.GONE_AT_SOURCE)
                .onFailure(failure -> !subjectIsThere && wantsSubjectFirst(failure))
                .recoverWithItem(Outcome.REFUSED);
    }

    /** A manifest that was there already may have been put by a copy that died before it listed it. */
    private static boolean needsFallback(Optional<PushedManifest> pushed, Referrers.Source target) {
        return pushed.map(manifest -> !manifest.subjectAcknowledged()).orElse(target == Referrers.Source.FALLBACK_TAG);
    }

    private static boolean wantsSubjectFirst(Throwable failure) {
        return failure instanceof Rejected rejected
                && (rejected.status() == 400 || rejected.status() == 404 || rejected.status() == 422);
    }

    private static <T> Uni<Boolean> each(Iterable<T> items, Function<T, Uni<Boolean>> work) {
        return Multi.createFrom()
                .iterable(items)
                .onItem()
                .transformToUniAndConcatenate(work::apply)
                .collect()
                .in(() -> new boolean[1], (some, result) -> some[0] |= result)
                .map(some -> some[0]);
    }
}
