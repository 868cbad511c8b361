package dev.longshore.registries;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.longshore.oci.Digest;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a registry says happened to a manifest or tag. A hint, not a fact: it may come twice, late or never, so the
 * manifest is read again.
 *
 * @param tag absent if the client named the manifest by digest
 * @param digest absent when a tag, or a whole repository, was deleted
 * @param actor absent if the registry lets everyone in
 */
public record Notification(
        String eventId,
        Action action,
        String repository,
        @Nullable String tag,
        @Nullable Digest digest,
        @Nullable String mediaType,
        Instant timestamp,
        @Nullable String actor,
        @Nullable String userAgent,
        @Nullable String requestAddress) {

    /** What was done. A delete by digest may also have been of a blob: registries do not tell. */
    public enum Action {
        PUSH,
        PULL,
        DELETE;

        @JsonValue
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
