package dev.longshore.retention.domain.inventory;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When something was pushed, as far as it is known: at {@code latest}, and after {@code earliest} if nobody heard the
 * push and it was only found later. A push that was heard has both the same.
 */
public record PushTime(Instant earliest, Instant latest) {

    public PushTime {
        if (earliest.isAfter(latest)) {
            earliest = latest;
        }
    }

    public static PushTime heard(Instant at) {
        return new PushTime(at, at);
    }

    /** @param pushedAfter absent if the push was heard */
    public static PushTime of(Instant pushedAt, @Nullable Instant pushedAfter) {
        return pushedAfter == null ? heard(pushedAt) : new PushTime(pushedAfter, pushedAt);
    }
}
