package dev.longshore.push.registry;

import dev.longshore.oci.Digest;
import dev.longshore.oci.Reference.Tagged;
import dev.longshore.oci.client.RegistryClient;
import dev.longshore.oci.client.http.RegistryException.Rejected;
import dev.longshore.push.domain.ResolveRequest;
import dev.longshore.push.postgres.InventoryReads;
import dev.longshore.push.postgres.Place;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the tags of a repository that do not point where the inventory says. */
@ApplicationScoped
public class CompareTags {

    private static final int AT_ONCE = 3;

    private final InventoryReads inventory;

    CompareTags(InventoryReads inventory) {
        this.inventory = inventory;
    }

    public Uni<List<ResolveRequest>> differences(RegistryClient client, Place place) {
        return inventory
                .tags(place)
                .chain(known -> listed(client, place)
                        .chain(listed -> moved(client, place, known, listed)
                                .map(moved -> Stream.concat(
                                                moved.stream(),
                                                known.keySet().stream().filter(tag -> !listed.contains(tag)))
                                        .map(tag -> request(place, tag))
                                        .toList())));
    }

    /** A repository whose last image was deleted is unknown to some registries, and to others empty. */
    private static Uni<Set<String>> listed(RegistryClient client, Place place) {
        return client.tags(place.repository())
                .collect()
                .with(Collectors.toSet())
                .onFailure(failure -> failure instanceof Rejected rejected && rejected.isNotFound())
                .recoverWithItem(Set.of());
    }

    private static Uni<List<String>> moved(
            RegistryClient client, Place place, Map<String, Digest> known, Set<String> listed) {
        return Multi.createFrom()
                .iterable(listed)
                .onItem()
                .transformToUni(tag -> client.headManifest(new Tagged(place.repository(), tag))
                        .map(found -> found.filter(there -> !there.digest().equals(known.get(tag)))
                                .map(_ -> tag)))
                .merge(AT_ONCE)
                .filter(Optional::isPresent)
                .map(Optional::get)
                .collect()
                .asList();
    }

    private static ResolveRequest request(Place place, String tag) {
        return new ResolveRequest(place.registry(), new Tagged(place.repository(), tag));
    }
}
