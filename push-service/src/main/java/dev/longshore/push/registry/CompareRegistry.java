package dev.longshore.push.registry;

import dev.longshore.events.ConfigEvent.RegistryConfigured;
import dev.longshore.oci.Digest;
import dev.longshore.oci.Reference;
import dev.longshore.oci.Reference.Pinned;
import dev.longshore.oci.Reference.Tagged;
import dev.longshore.oci.client.RegistryClient;
import dev.longshore.oci.client.http.RegistryException.Rejected;
import dev.longshore.push.domain.ResolveRequest;
import dev.longshore.push.postgres.InventoryReads;
import dev.longshore.push.postgres.Place;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds what a registry has, or no longer has, other than the inventory says. It asks by HEAD and reads nothing. */
@ApplicationScoped
public class CompareRegistry {

    private static final int AT_ONCE = 3;

    private final InventoryReads inventory;

    CompareRegistry(InventoryReads inventory) {
        this.inventory = inventory;
    }

    /** What is listed, or named where nothing can be; and what is known, which may be gone. */
    public Uni<Set<String>> repositories(RegistryClient client, RegistryConfigured registry) {
        var listed = registry.repositories().isEmpty()
                ? client.repositories().collect().asList()
                : Uni.createFrom().item(registry.repositories());
        return listed.chain(found -> inventory.repositories(registry.name()).map(known -> {
            Set<String> all = new LinkedHashSet<>(found);
            all.addAll(known);
            return all;
        }));
    }

    /** What of the repository is to be read again. */
    public Uni<List<ResolveRequest>> differences(RegistryClient client, Place place) {
        return expected(place)
                .chain(expected -> listed(client, place)
                        .invoke(listed -> listed.forEach(tag -> expected.putIfAbsent(tag, Optional.empty())))
                        .chain(() -> differences(client, place, expected)));
    }

    /** What each known reference should name; nothing for those that only the registry knows. */
    private Uni<Map<Reference, Optional<Digest>>> expected(Place place) {
        return inventory
                .tags(place)
                .chain(tags -> inventory.untagged(place).map(untagged -> {
                    var expected = new HashMap<Reference, Optional<Digest>>();
                    tags.forEach(
                            (tag, digest) -> expected.put(new Tagged(place.repository(), tag), Optional.of(digest)));
                    untagged.forEach(
                            digest -> expected.put(new Pinned(place.repository(), digest), Optional.of(digest)));
                    return expected;
                }));
    }

    /** A repository whose last image was deleted is unknown to some registries, and to others empty. */
    private static Uni<Set<Reference>> listed(RegistryClient client, Place place) {
        return client.tags(place.repository())
                .<Reference>map(tag -> new Tagged(place.repository(), tag))
                .collect()
                .with(Collectors.toSet())
                .onFailure(failure -> failure instanceof Rejected rejected && rejected.isNotFound())
                .recoverWithItem(Set.of());
    }

    private static Uni<List<ResolveRequest>> differences(
            RegistryClient client, Place place, Map<Reference, Optional<Digest>> expected) {
        return Multi.createFrom()
                .iterable(expected.entrySet())
                .onItem()
                .transformToUni(entry -> client.headManifest(entry.getKey())
                        .map(found -> found.map(there -> there.digest()).equals(entry.getValue())
                                ? Optional.<Reference>empty()
                                : Optional.of(entry.getKey())))
                .merge(AT_ONCE)
                .filter(Optional::isPresent)
                .map(different -> new ResolveRequest(place.registry(), different.get()))
                .collect()
                .asList();
    }
}
