package dev.longshore.retention.postgres;

import dev.longshore.events.InventoryEvent.ManifestRecorded;
import dev.longshore.events.InventoryEvent.TagRecorded;
import dev.longshore.kit.event.StoredJson;
import dev.longshore.oci.Descriptor;
import dev.longshore.oci.Digest;
import dev.longshore.retention.domain.inventory.PushTime;
import dev.longshore.retention.domain.inventory.RepositoryInventory;
import dev.longshore.retention.domain.inventory.StoredManifest;
import dev.longshore.retention.domain.inventory.StoredTag;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A repository as the inventory told of it, with what its manifests hold. */
public final class StoredRepository {

    private final RepositoryInventory inventory;
    private final Map<Digest, List<Descriptor>> blobs;

    private StoredRepository(RepositoryInventory inventory, Map<Digest, List<Descriptor>> blobs) {
        this.inventory = inventory;
        this.blobs = blobs;
    }

    public RepositoryInventory inventory() {
        return inventory;
    }

    static StoredRepository read(String registry, String repository, List<Tuple> manifests, List<Tuple> tags) {
        var doubts = new ArrayList<String>();
        var blobs = new HashMap<Digest, List<Descriptor>>();
        var stored = new ArrayList<StoredManifest>();
        for (var row : manifests) {
            try {
                var recorded = StoredJson.read(row.get("recorded", String.class), ManifestRecorded.class);
                stored.add(StoredManifest.from(recorded, time(row, "untagged_at")));
                blobs.put(
                        recorded.digest(),
                        Stream.concat(recorded.layers().stream(), Stream.ofNullable(recorded.config()))
                                .toList());
            } catch (IllegalStateException unreadable) {
                doubts.add("what is stored of %s cannot be read".formatted(row.get("digest", String.class)));
            }
        }
        var named = tags.stream().map(StoredRepository::tag).toList();
        return new StoredRepository(new RepositoryInventory(registry, repository, stored, named, doubts), blobs);
    }

    /** @param keys of what was told and could not be taken in */
    StoredRepository without(List<String> keys) {
        var doubts = Stream.concat(
                        inventory.doubts().stream(),
                        keys.stream().map("what was told of %s is among the dead letters"::formatted))
                .toList();
        return new StoredRepository(
                new RepositoryInventory(
                        inventory.registry(), inventory.repository(), inventory.manifests(), inventory.tags(), doubts),
                blobs);
    }

    /** Bytes that the repository would be smaller by; other repositories may hold the same blobs. */
    public long bytesFreedBy(Collection<Digest> deleted) {
        var gone = Set.copyOf(deleted);
        var staying = new HashSet<Digest>();
        blobs.forEach((manifest, held) -> {
            if (!gone.contains(manifest)) {
                held.forEach(blob -> staying.add(blob.digest()));
            }
        });
        var freed = new HashMap<Digest, Long>();
        gone.stream()
                .flatMap(manifest -> blobs.getOrDefault(manifest, List.of()).stream())
                .filter(blob -> !staying.contains(blob.digest()))
                .forEach(blob -> freed.put(blob.digest(), blob.size()));
        return freed.values().stream().mapToLong(Long::longValue).sum();
    }

    /** What was stored by an earlier version says only when it was pushed. */
    private static StoredTag tag(Tuple row) {
        var recorded = Optional.ofNullable(row.get("recorded", String.class));
        return recorded.map(json -> StoredTag.from(StoredJson.read(json, TagRecorded.class)))
                .orElseGet(() -> new StoredTag(
                        row.get("tag", String.class),
                        Digest.parse(row.get("digest", String.class)),
                        PushTime.heard(
                                Optional.ofNullable(time(row, "pushed_at")).orElse(Instant.EPOCH)),
                        null));
    }

    private static @Nullable Instant time(Tuple row, String column) {
        var millis = row.get(column, Number.class);
        return millis == null ? null : Instant.ofEpochMilli(millis.longValue());
    }
}
