package dev.longshore.retention.domain.inventory;

import dev.longshore.events.InventoryEvent.ManifestRecorded;
import dev.longshore.oci.Descriptor;
import dev.longshore.oci.Digest;
import dev.longshore.oci.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A manifest of the repository.
 *
 * @param children all that an index names
 * @param needed those of the children that are manifests, so that the repository must have them: an index of a build
 *     cache names blobs too
 * @param subject what this manifest refers to; null if to nothing
 * @param untaggedAt when its last tag was taken away, if that was seen
 */
public record StoredManifest(
        Digest digest,
        List<Digest> children,
        Set<Digest> needed,
        @Nullable Digest subject,
        PushTime pushed,
        @Nullable Instant createdAt,
        @Nullable Instant lastPulledAt,
        @Nullable Instant untaggedAt) {

    public StoredManifest {
        children = List.copyOf(children);
        needed = Set.copyOf(needed);
    }

    public static StoredManifest from(ManifestRecorded recorded, @Nullable Instant untaggedAt) {
        return new StoredManifest(
                recorded.digest(),
                recorded.children().stream().map(Descriptor::digest).toList(),
                recorded.children().stream()
                        .filter(child -> MediaType.isManifest(child.mediaType()))
                        .map(Descriptor::digest)
                        .collect(Collectors.toSet()),
                recorded.subjectDigest(),
                PushTime.of(recorded.pushedAt(), recorded.pushedAfter()),
                recorded.createdAt(),
                recorded.lastPulledAt(),
                untaggedAt);
    }

    /** Since when nothing can have been pulled by a tag, as far as is known. */
    public Instant withoutTagSince() {
        return untaggedAt != null && untaggedAt.isAfter(pushed.latest()) ? untaggedAt : pushed.latest();
    }
}
