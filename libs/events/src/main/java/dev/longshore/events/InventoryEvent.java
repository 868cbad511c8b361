package dev.longshore.events;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.longshore.oci.Descriptor;
import dev.longshore.oci.Digest;
import dev.longshore.oci.ImageReference;
import dev.longshore.oci.Platform;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The inventory's current state, one record per manifest and per tag; a null record says that it is gone.
 *
 * <p>Keys are {@code manifest/<registry>/<repository>@<digest>} and {@code tag/<registry>/<repository>:<tag>}.
 * {@code generation} grows with every change of one entry.
 */
public sealed interface InventoryEvent extends Event {

    String registry();

    String repository();

    long generation();

    @Override
    @JsonIgnore
    default Topic topic() {
        return Topic.INVENTORY;
    }

    static String manifestKey(String registry, String repository, Digest digest) {
        return "manifest/" + registry + "/" + repository + "@" + digest;
    }

    static String tagKey(String registry, String repository, String tag) {
        return "tag/" + registry + "/" + repository + ":" + tag;
    }

    /**
     * The tag or the manifest, by its digest, that a key names; empty for a newer producer's.
     *
     * @throws IllegalArgumentException if there is no reference behind {@code tag/} or {@code manifest/}
     */
    static Optional<ImageReference> named(String key) {
        return Stream.of("manifest/", "tag/")
                .filter(key::startsWith)
                .map(prefix -> ImageReference.parse(key.substring(prefix.length())))
                .findFirst();
    }

    /**
     * A manifest as it was read from the registry.
     *
     * @param size bytes of the manifest document itself
     * @param children of an index, in its order; empty for an image
     * @param layers of an image, in its order; empty for an index
     * @param platforms of an image its own, of an index its children's; unknown platforms are left out
     * @param labels of the image's config
     * @param pushedAfter only if no push was heard of: then {@code pushedAt} is when it was found, and it was pushed between
     * @param lastPulledAt at most a day before the last pull that was heard of; absent if none was
     */
    @EventType("dev.longshore.inventory.manifest.v1")
    record ManifestRecorded(
            String project,
            String registry,
            String repository,
            Digest digest,
            String mediaType,
            @Nullable String artifactType,
            long size,
            List<Descriptor> children,
            @Nullable Digest subjectDigest,
            @Nullable Descriptor config,
            List<Descriptor> layers,
            List<Platform> platforms,
            Map<String, String> labels,
            Instant pushedAt,
            @Nullable Instant pushedAfter,
            @Nullable Instant createdAt,
            @Nullable String pushedBy,
            @Nullable Instant lastPulledAt,
            long generation)
            implements InventoryEvent {
        @Override
        public String key() {
            return manifestKey(registry, repository, digest);
        }

        @Override
        public String subject() {
            return registry + "/" + repository + "@" + digest;
        }
    }

    /**
     * Which manifest a tag names now.
     *
     * @param pushedAfter only if no push was heard of: then {@code pushedAt} is when it was found, and it was pushed between
     * @param lastPulledAt at most a day before the last pull by this tag that was heard of; absent if none was
     */
    @EventType("dev.longshore.inventory.tag.v1")
    record TagRecorded(
            String project,
            String registry,
            String repository,
            String tag,
            Digest digest,
            Instant pushedAt,
            @Nullable Instant pushedAfter,
            @Nullable String pushedBy,
            @Nullable Instant lastPulledAt,
            long generation)
            implements InventoryEvent {
        @Override
        public String key() {
            return tagKey(registry, repository, tag);
        }

        @Override
        public String subject() {
            return registry + "/" + repository + ":" + tag;
        }
    }

    /** Written by a newer producer. */
    record Unrecognized(
            @JsonIgnore(false) String type, String project, String registry, String repository, long generation)
            implements InventoryEvent {
        @Override
        public String key() {
            return "unrecognized";
        }
    }
}
