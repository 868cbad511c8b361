package dev.longshore.push.postgres;

import dev.longshore.oci.Platform;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An image with what is known around it.
 *
 * @param id {@code registry/repository@digest}
 * @param tags the one pushed last first
 * @param size bytes of config and layers; of an index, those of its children
 */
public record ImageFound(
        String id,
        String project,
        String registry,
        String repository,
        List<String> tags,
        String digest,
        String mediaType,
        @Nullable String artifactType,
        List<Platform> platforms,
        long size,
        Map<String, String> labels,
        @Nullable Instant createdAt,
        Instant pushedAt,
        @Nullable String pushedBy,
        @Nullable Instant lastPulledAt,
        List<Child> children,
        @Nullable String subject,
        long referrers,
        @Nullable Decided decision) {

    /** @param missing the index names it, and the registry does not have it */
    public record Child(
            String digest, String mediaType, @Nullable String platform, boolean missing) {}

    public record Decided(String action, Instant decidedAt) {}
}
