package dev.longshore.push.registry;

import dev.longshore.oci.Digest;
import dev.longshore.oci.Reference;
import dev.longshore.oci.client.RegistryClient;
import dev.longshore.push.domain.Hint;
import dev.longshore.push.domain.Reading;
import dev.longshore.push.postgres.Hints.Claimed;
import dev.longshore.push.postgres.InventoryReads;
import dev.longshore.push.postgres.Place;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Reads what a reference names now, and of that whatever the inventory does not know yet. */
@ApplicationScoped
public class ReadReference {

    private final InventoryReads inventory;

    ReadReference(InventoryReads inventory) {
        this.inventory = inventory;
    }

    /** Fails with {@link MovedMeanwhileException} if what the tag named was gone before it could be read. */
    public Uni<Reading> read(RegistryClient client, Place place, Reference reference, Claimed claimed) {
        var tree = new ManifestTree(client, inventory, place);
        return client.headManifest(reference)
                .map(found -> found.map(descriptor -> descriptor.digest()))
                .call(root -> root.map(tree::readRoot)
                        .orElseGet(() -> Uni.createFrom().voidItem()))
                .call(root -> readOvertaken(tree, root, claimed.hints()))
                .map(root -> new Reading(reference, claimed.startedAt(), root, tree.manifests()));
    }

    /** What was pushed under a tag and replaced before we came is still there, untagged. */
    private static Uni<Void> readOvertaken(ManifestTree tree, Optional<Digest> root, List<Hint> hints) {
        var overtaken = hints.stream()
                .map(Hint::digest)
                .filter(Objects::nonNull)
                .distinct()
                .filter(digest -> root.filter(digest::equals).isEmpty())
                .toList();
        return Multi.createFrom()
                .iterable(overtaken)
                .onItem()
                .transformToUniAndConcatenate(tree::readPart)
                .collect()
                .last()
                .replaceWithVoid();
    }
}
