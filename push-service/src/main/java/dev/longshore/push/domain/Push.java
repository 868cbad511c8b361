package dev.longshore.push.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When something was pushed and by whom.
 *
 * @param heard whether the registry said so; if not, {@code at} is when it was found
 */
public record Push(Instant at, @Nullable String by, boolean heard) {

    public static Push found(Instant at) {
        return new Push(at, null, false);
    }

    /** Whether this is another push than the one known: the registry told of a later one. */
    boolean isAfter(Push known) {
        return heard && at.isAfter(known.at);
    }

    /** Whether this says of the push that is known what only the registry could. */
    boolean explains(Push known) {
        return heard && !known.heard && !at.isAfter(known.at);
    }
}
