package dev.longshore.push.registry;

import dev.longshore.oci.Descriptor;
import dev.longshore.oci.Digest;
import dev.longshore.oci.InvalidManifestException;
import dev.longshore.oci.Manifest;
import dev.longshore.oci.MediaType;
import dev.longshore.oci.Reference.Pinned;
import dev.longshore.oci.client.FetchedManifest;
import dev.longshore.oci.client.RegistryClient;
import dev.longshore.oci.client.http.RegistryException.TooLarge;
import dev.longshore.push.domain.DescribeManifest;
import dev.longshore.push.domain.ImageConfig;
import dev.longshore.push.domain.ManifestFacts;
import dev.longshore.push.postgres.InventoryReads;
import dev.longshore.push.postgres.Place;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One reading's way through an index and its children, down to what the inventory knows. Bounded, since indexes are
 * foreign text: what is beyond counts as missing until it is announced by itself. On one Vert.x context.
 */
final class ManifestTree {

    private static final int LARGEST_CONFIG = 4 * 1024 * 1024;
    private static final int MOST_MANIFESTS = 256;
    private static final int DEEPEST = 4;
    private static final int AT_ONCE = 4;

    private final RegistryClient client;
    private final InventoryReads inventory;
    private final Place place;
    private final Set<Digest> seen = new HashSet<>();
    private final List<ManifestFacts> manifests = new ArrayList<>();

    ManifestTree(RegistryClient client, InventoryReads inventory, Place place) {
        this.client = client;
        this.inventory = inventory;
        this.place = place;
    }

    /** What was read, children before their index. */
    List<ManifestFacts> manifests() {
        return manifests;
    }

    Uni<Void> readRoot(Digest digest) {
        seen.add(digest);
        return inventory
                .children(place, digest)
                .chain(known -> known.map(children -> readChildren(children, 1))
                        .orElseGet(() -> read(digest, 1)
                                .invoke(found -> {
                                    if (!found) {
                                        throw new MovedMeanwhileException(digest);
                                    }
                                })
                                .replaceWithVoid()));
    }

    /** Reads it unless it is known; one that is not there, or no manifest, is passed over. */
    Uni<Void> readPart(Digest digest) {
        return inventory
                .known(place, List.of(digest))
                .chain(known -> known.isEmpty()
                        ? readChild(digest, 1)
                        : Uni.createFrom().voidItem());
    }

    private Uni<Void> readChildren(List<Descriptor> children, int depth) {
        var digests = children.stream()
                .filter(child -> MediaType.isManifest(child.mediaType()))
                .map(Descriptor::digest)
                .distinct()
                .toList();
        if (digests.isEmpty() || depth > DEEPEST) {
            return Uni.createFrom().voidItem();
        }
        return inventory
                .known(place, digests)
                .chain(known -> Multi.createFrom()
                        .iterable(digests)
                        .filter(digest -> !known.contains(digest))
                        .onItem()
                        .transformToUni(digest -> readChild(digest, depth))
                        .merge(AT_ONCE)
                        .collect()
                        .last()
                        .replaceWithVoid());
    }

    private Uni<Void> readChild(Digest digest, int depth) {
        if (seen.size() >= MOST_MANIFESTS || !seen.add(digest)) {
            return Uni.createFrom().voidItem();
        }
        return read(digest, depth)
                .onFailure(InvalidManifestException.class)
                .recoverWithItem(false)
                .replaceWithVoid();
    }

    /** Emits false if it is not there. */
    private Uni<Boolean> read(Digest digest, int depth) {
        return client.getManifest(new Pinned(place.repository(), digest))
                .chain(found -> found.map(fetched -> describe(fetched, depth).replaceWith(true))
                        .orElseGet(() -> Uni.createFrom().item(false)));
    }

    private Uni<Void> describe(FetchedManifest fetched, int depth) {
        var size = fetched.content().length;
        return switch (fetched.manifest()) {
            case Manifest.Image image ->
                config(image)
                        .invoke(config -> manifests.add(DescribeManifest.image(fetched.digest(), size, image, config)))
                        .replaceWithVoid();
            case Manifest.Index index ->
                readChildren(index.manifests(), depth + 1)
                        .invoke(() -> manifests.add(DescribeManifest.index(fetched.digest(), size, index, manifests)));
        };
    }

    /** An image whose config is missing or too large is an image all the same, of which less is known. */
    private Uni<ImageConfig> config(Manifest.Image image) {
        if (!MediaType.isImageConfig(image.config().mediaType())) {
            return Uni.createFrom().item(ImageConfig.none());
        }
        return client.getSmallBlob(place.repository(), image.config().digest(), LARGEST_CONFIG)
                .onFailure(TooLarge.class)
                .recoverWithItem(Optional.empty())
                .map(found -> found.map(ImageConfig::parse).orElseGet(ImageConfig::none));
    }
}
