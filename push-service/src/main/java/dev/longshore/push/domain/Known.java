package dev.longshore.push.domain;

import dev.longshore.oci.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the inventory has of what a reading is about.
 *
 * @param tag the reference's, if it is a tag
 * @param manifests by digest, of those that the reading names
 * @param tagsOfDigest that point at the reference, if it is a digest
 */
public record Known(Optional<Tag> tag, Map<Digest, Manifest> manifests, List<Tag> tagsOfDigest) {

    public Known {
        manifests = Map.copyOf(manifests);
        tagsOfDigest = List.copyOf(tagsOfDigest);
    }

    public static Known nothing() {
        return new Known(Optional.empty(), Map.of(), List.of());
    }

    public record Tag(String name, Digest digest, Push push, Instant readAt) {}

    public record Manifest(Digest digest, Push push, Instant readAt) {}
}
