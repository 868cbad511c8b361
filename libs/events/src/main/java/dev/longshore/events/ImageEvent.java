package dev.longshore.events;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.longshore.oci.Digest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What happened to images, keyed by {@code registry/repository}, so that one repository's events are seen in order. */
public sealed interface ImageEvent extends Event {

    String registry();

    String repository();

    @Override
    @JsonIgnore
    default Topic topic() {
        return Topic.IMAGES;
    }

    @Override
    @JsonIgnore
    default String key() {
        return registry() + "/" + repository();
    }

    /**
     * The manifest was read from the registry after a push was heard of.
     *
     * @param tag absent when the manifest was pushed by digest
     * @param pushedBy whom the registry named, which may be nobody
     */
    @EventType("dev.longshore.image.pushed.v1")
    record ImagePushed(
            String project,
            String registry,
            String repository,
            Digest digest,
            String mediaType,
            long size,
            @Nullable String tag,
            Instant pushedAt,
            @Nullable String pushedBy)
            implements ImageEvent {
        @Override
        public String subject() {
            return tag == null ? key() + "@" + digest : key() + ":" + tag;
        }
    }

    /** Somebody read the manifest, as the registry told. */
    @EventType("dev.longshore.image.pulled.v1")
    record ImagePulled(
            String project,
            String registry,
            String repository,
            Digest digest,
            @Nullable String tag,
            Instant pulledAt,
            @Nullable String pulledBy)
            implements ImageEvent {
        @Override
        public String subject() {
            return tag == null ? key() + "@" + digest : key() + ":" + tag;
        }
    }

    /** The tag is gone; the manifest that it named may live on. */
    @EventType("dev.longshore.tag.deleted.v1")
    record TagDeleted(String project, String registry, String repository, String tag, Digest digest, Instant deletedAt)
            implements ImageEvent {
        @Override
        public String subject() {
            return key() + ":" + tag;
        }
    }

    /** The manifest is gone, and with it all tags that named it. */
    @EventType("dev.longshore.image.deleted.v1")
    record ImageDeleted(String project, String registry, String repository, Digest digest, Instant deletedAt)
            implements ImageEvent {
        @Override
        public String subject() {
            return key() + "@" + digest;
        }
    }

    /** Written by a newer producer. Consumers acknowledge it and carry on. */
    record Unrecognized(@JsonIgnore(false) String type, String project, String registry, String repository)
            implements ImageEvent {}
}
