package dev.longshore.retention.domain.inventory;

import dev.longshore.events.InventoryEvent.TagRecorded;
import dev.longshore.oci.Digest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A tag and the manifest that it names.
 *
 * @param lastPulledAt at most a day before the last pull; null if no pull is known of
 */
public record StoredTag(
        String tag,
        Digest digest,
        PushTime pushed,
        @Nullable Instant lastPulledAt) {

    public static StoredTag from(TagRecorded recorded) {
        return new StoredTag(
                recorded.tag(),
                recorded.digest(),
                PushTime.of(recorded.pushedAt(), recorded.pushedAfter()),
                recorded.lastPulledAt());
    }
}
