package dev.longshore.events;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.longshore.oci.Digest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What came of copies, keyed by the target's {@code registry/repository}. References are as the API names images. */
public sealed interface ReplicationEvent extends Event {

    String targetRegistry();

    String targetRepository();

    @Override
    @JsonIgnore
    default Topic topic() {
        return Topic.REPLICATIONS;
    }

    @Override
    @JsonIgnore
    default String key() {
        return targetRegistry() + "/" + targetRepository();
    }

    /**
     * The target has the image with all its children and referrers, read back and compared.
     *
     * @param rule absent for a copy on demand
     * @param bytes that went over the wire; mounted and present blobs are not counted
     */
    @EventType("dev.longshore.replication.completed.v1")
    record ReplicationCompleted(
            String project,
            @Nullable String rule,
            String execution,
            String source,
            String targetRegistry,
            String targetRepository,
            @Nullable String tag,
            Digest digest,
            int manifests,
            int referrers,
            long bytes,
            Instant completedAt)
            implements ReplicationEvent {
        @Override
        public String subject() {
            return tag == null ? key() + "@" + digest : key() + ":" + tag;
        }
    }

    /**
     * The copy was given up; the target's tag is as it was.
     *
     * @param digest absent when the source's tag could not be resolved
     * @param code an {@link ErrorCode}, as it is in answers
     */
    @EventType("dev.longshore.replication.failed.v1")
    record ReplicationFailed(
            String project,
            @Nullable String rule,
            String execution,
            String source,
            String targetRegistry,
            String targetRepository,
            @Nullable String tag,
            @Nullable Digest digest,
            String code,
            String reason,
            Instant failedAt)
            implements ReplicationEvent {
        @Override
        public String subject() {
            if (tag != null) {
                return key() + ":" + tag;
            }
            return digest == null ? key() : key() + "@" + digest;
        }
    }

    /** The target has something else under the tag than what was copied there. */
    @EventType("dev.longshore.replication.drift-found.v1")
    record DriftFound(
            String project,
            @Nullable String rule,
            String source,
            String targetRegistry,
            String targetRepository,
            String tag,
            Digest expected,
            @Nullable Digest found,
            Instant foundAt)
            implements ReplicationEvent {
        @Override
        public String subject() {
            return key() + ":" + tag;
        }
    }

    /** Written by a newer producer. */
    record Unrecognized(@JsonIgnore(false) String type, String project, String targetRegistry, String targetRepository)
            implements ReplicationEvent {}
}
