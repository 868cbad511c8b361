package dev.longshore.events;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.longshore.oci.Digest;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What may go and what went, keyed by {@code registry/repository}. */
public sealed interface RetentionEvent extends Event {

    String registry();

    String repository();

    @Override
    @JsonIgnore
    default Topic topic() {
        return Topic.RETENTIONS;
    }

    @Override
    @JsonIgnore
    default String key() {
        return registry() + "/" + repository();
    }

    /**
     * A plan says what would be deleted in a repository. Nothing is gone yet.
     *
     * @param policyVersion that it was made from
     * @param kept tags, and manifests without a tag, that stay
     * @param deleted those that would go
     * @param incomplete what was not known, so that nothing is deleted; absent if all was
     */
    @EventType("dev.longshore.retention.planned.v1")
    record RetentionPlanned(
            String project,
            String planId,
            String policy,
            long policyVersion,
            String registry,
            String repository,
            int kept,
            int deleted,
            @Nullable Reason incomplete,
            Instant plannedAt)
            implements RetentionEvent {}

    /** @param code stable, as docs/retention.md lists them; {@code text} is for people */
    record Reason(String code, String text) {}

    /**
     * An image, or only a tag of it, was deleted.
     *
     * @param tags that went; empty for a manifest that had none
     * @param manifestStays only the tags went: something else still needs the manifest
     * @param execution that applied the plan
     * @param retiredBy who applied the plan; {@code schedule} if nobody did
     */
    @EventType("dev.longshore.image.retired.v1")
    record ImageRetired(
            String project,
            String registry,
            String repository,
            Digest digest,
            List<String> tags,
            boolean manifestStays,
            String planId,
            String policy,
            String execution,
            List<Reason> reasons,
            String retiredBy,
            Instant retiredAt)
            implements RetentionEvent {
        @Override
        public String subject() {
            return key() + "@" + digest;
        }
    }

    /**
     * What was planned could not be deleted; it is still there.
     *
     * @param tags that would have gone with it
     * @param digest absent when the repository as a whole could not be worked on
     * @param code an {@link ErrorCode}, as it is in answers
     */
    @EventType("dev.longshore.retention.failed.v1")
    record RetentionFailed(
            String project,
            String registry,
            String repository,
            @Nullable Digest digest,
            List<String> tags,
            String planId,
            String policy,
            String execution,
            String code,
            String reason,
            Instant failedAt)
            implements RetentionEvent {
        @Override
        public String subject() {
            return digest == null ? key() : key() + "@" + digest;
        }
    }

    /** Written by a newer producer. */
    record Unrecognized(@JsonIgnore(false) String type, String project, String registry, String repository)
            implements RetentionEvent {}
}
