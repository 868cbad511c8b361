package dev.longshore.push.domain;

import dev.longshore.oci.Digest;
import dev.longshore.oci.Reference;
import dev.longshore.registries.Notification.Action;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something may have happened to what this reference names: a reason to read it again, and nothing more.
 *
 * @param digest what the registry said that a push or pull was of; not what the reference names now
 * @param at when the registry says that it happened
 */
public record Hint(
        Action action,
        Reference reference,
        @Nullable Digest digest,
        Instant at,
        @Nullable String by) {

    public boolean isPushOf(Digest content) {
        return action == Action.PUSH && content.equals(digest);
    }
}
