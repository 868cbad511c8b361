package dev.longshore.push.domain;

import dev.longshore.oci.Descriptor;
import dev.longshore.oci.Digest;
import dev.longshore.oci.Manifest;
import dev.longshore.oci.Platform;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Draws from a manifest, and its config if it has one, what the inventory keeps. */
public final class DescribeManifest {

    private static final String UNKNOWN = "unknown";

    private DescribeManifest() {}

    public static ManifestFacts image(Digest digest, long size, Manifest.Image image, ImageConfig config) {
        return new ManifestFacts(
                digest,
                image.mediaType(),
                image.effectiveArtifactType(),
                size,
                image.blobs().stream().mapToLong(Descriptor::size).sum(),
                List.of(),
                subject(image),
                image.config(),
                image.layers(),
                config.platform().stream().toList(),
                config.labels(),
                config.createdAt().orElse(null));
    }

    /** @param children those of the index's manifests that could be read, for what their descriptors leave out */
    public static ManifestFacts index(Digest digest, long size, Manifest.Index index, List<ManifestFacts> children) {
        var platforms = index.manifests().stream()
                .flatMap(child -> platforms(child, children))
                .filter(DescribeManifest::isKnown)
                .distinct()
                .toList();
        return new ManifestFacts(
                digest,
                index.mediaType(),
                index.effectiveArtifactType(),
                size,
                0,
                index.manifests(),
                subject(index),
                null,
                List.of(),
                platforms,
                Map.of(),
                null);
    }

    private static Stream<Platform> platforms(Descriptor child, List<ManifestFacts> children) {
        if (child.platform() != null) {
            return Stream.of(child.platform());
        }
        return children.stream()
                .filter(read -> read.digest().equals(child.digest()))
                .flatMap(read -> read.platforms().stream());
    }

    /** Builders list what they know of a build as a child on the platform unknown/unknown. */
    static boolean isKnown(Platform platform) {
        return Stream.of(platform.os(), platform.architecture())
                .noneMatch(part -> part.isEmpty() || part.equals(UNKNOWN));
    }

    private static @Nullable Digest subject(Manifest manifest) {
        var subject = manifest.subject();
        return subject == null ? null : subject.digest();
    }
}
