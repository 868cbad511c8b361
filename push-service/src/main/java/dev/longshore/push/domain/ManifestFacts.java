package dev.longshore.push.domain;

import dev.longshore.oci.Descriptor;
import dev.longshore.oci.Digest;
import dev.longshore.oci.Platform;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a manifest and its config say of themselves, which never changes.
 *
 * @param size bytes of the document itself
 * @param contentSize bytes of config and layers; of an index, 0
 */
public record ManifestFacts(
        Digest digest,
        String mediaType,
        @Nullable String artifactType,
        long size,
        long contentSize,
        List<Descriptor> children,
        @Nullable Digest subject,
        @Nullable Descriptor config,
        List<Descriptor> layers,
        List<Platform> platforms,
        Map<String, String> labels,
        @Nullable Instant createdAt) {

    public ManifestFacts {
        children = List.copyOf(children);
        layers = List.copyOf(layers);
        platforms = List.copyOf(platforms);
        labels = Map.copyOf(labels);
    }
}
