package dev.longshore.replication.copy;

import dev.longshore.oci.Descriptor;
import dev.longshore.oci.Digest;
import dev.longshore.oci.Manifest;
import dev.longshore.oci.MediaType;
import dev.longshore.oci.Reference;
import dev.longshore.oci.client.BlobCopier;
import dev.longshore.oci.client.FetchedManifest;
import dev.longshore.oci.client.PushedManifest;
import dev.longshore.oci.client.http.RegistryException.Rejected;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** Brings manifests and what they name to the target, each once: what is there is not sent again. */
@ApplicationScoped
class Contents {

    private static final int BLOBS_REMEMBERED = 50_000;

    /** Indexes of indexes of indexes: no honest image is deeper. */
    private static final int DEEPEST = 5;

    private final CopyConfig config;
    private final KnownBlobs knownBlobs = new KnownBlobs(BLOBS_REMEMBERED);
    private final Turns blobTurns = new Turns();
    private final Turns manifestTurns = new Turns();

    Contents(CopyConfig config) {
        this.config = config;
    }

    /** What the manifest names is at the target: all blobs, or all children with theirs. */
    Uni<Void> bringContents(Route route, FetchedManifest fetched, Tally tally) {
        return bringContents(route, fetched, tally, 0);
    }

    /** The target has this manifest under its digest, with all it names. Emits what the target said to a PUT, if one was needed. */
    Uni<Optional<PushedManifest>> bring(Route route, Digest digest, Tally tally) {
        return bring(route, digest, tally, 0);
    }

    private Uni<Optional<PushedManifest>> bring(Route route, Digest digest, Tally tally, int depth) {
        var there = new Reference.Pinned(route.toRepository(), digest);
        return manifestTurns.take(
                route.targetRegistry() + "/" + there,
                () -> route.target()
                        .headManifest(there)
                        .chain(found -> found.isPresent()
                                ? Uni.createFrom().item(Optional.<PushedManifest>empty())
                                : fetchAndPut(route, there, tally, depth).map(Optional::of))
                        .invoke(() -> tally.has(digest)));
    }

    private Uni<PushedManifest> fetchAndPut(Route route, Reference.Pinned there, Tally tally, int depth) {
        return route.source()
                .getManifest(new Reference.Pinned(route.fromRepository(), there.digest()))
                .map(found -> found.orElseThrow(
                        () -> new IncompleteSourceException("manifest", route.fromRepository(), there.digest())))
                .call(fetched -> bringContents(route, fetched, tally, depth))
                .chain(fetched -> route.target().putManifest(there, fetched.mediaType(), fetched.content()))
                .invoke(() -> tally.put(there.digest()));
    }

    private Uni<Void> bringContents(Route route, FetchedManifest fetched, Tally tally, int depth) {
        return switch (fetched.manifest()) {
            case Manifest.Image image -> bringBlobs(route, image, tally);
            case Manifest.Index index -> bringChildren(route, index, tally, depth + 1);
        };
    }

    private Uni<Void> bringChildren(Route route, Manifest.Index index, Tally tally, int depth) {
        if (depth > DEEPEST) {
            return Uni.createFrom()
                    .failure(new NotVerifiedException("Could not copy an index that is nested too deeply"));
        }
        var children =
                index.manifests().stream().map(Descriptor::digest).distinct().toList();
        return Multi.createFrom()
                .iterable(children)
                .onItem()
                .transformToUniAndConcatenate(child -> bring(route, child, tally, depth))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> bringBlobs(Route route, Manifest.Image image, Tally tally) {
        var blobs = blobsToCopy(image);
        tally.expect(blobs);
        return Multi.createFrom()
                .iterable(blobs)
                .onItem()
                .transformToUni(blob -> bringBlob(route, blob, tally))
                .merge(config.blobs())
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** Layers that stay at their vendor (old Windows images) are not in the registry, and no registry asks for them. */
    private static List<Descriptor> blobsToCopy(Manifest.Image image) {
        return image.blobs().stream()
                .filter(blob -> !MediaType.isForeignLayer(blob.mediaType()))
                .toList();
    }

    private Uni<BlobCopier.Outcome> bringBlob(Route route, Descriptor blob, Tally tally) {
        return blobTurns
                .take(route.targetRegistry() + "/" + blob.digest(), () -> copyBlob(route, blob))
                .invoke(outcome -> tally.settled(blob, outcome == BlobCopier.Outcome.COPIED));
    }

    private Uni<BlobCopier.Outcome> copyBlob(Route route, Descriptor blob) {
        var mountFrom = knownBlobs.elsewhere(route.targetRegistry(), route.toRepository(), blob.digest());
        return new BlobCopier(route.source(), route.target())
                .copy(route.fromRepository(), route.toRepository(), blob, mountFrom)
                .invoke(() -> knownBlobs.seen(route.targetRegistry(), route.toRepository(), blob.digest()))
                .onFailure(Rejected.class)
                .transform(failure -> missing(route, blob, failure));
    }

    private static Throwable missing(Route route, Descriptor blob, Rejected failure) {
        return failure.isNotFound() && failure.action().startsWith("read the blob")
                ? new IncompleteSourceException("layer", route.fromRepository(), blob.digest())
                : failure;
    }
}
