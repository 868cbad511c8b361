package dev.longshore.gateway.limit.domain;

import java.time.Duration;

/**
 * How someone stands with a quota after one more request.
 *
 * @param isWithin whether that request is still within it
 * @param remaining requests that are left now
 * @param untilNext until one more is possible; zero if it is already
 * @param untilWhole until the whole quota is back
 */
public record Standing(Quota quota, boolean isWithin, long remaining, Duration untilNext, Duration untilWhole) {

    /** For {@code Retry-After}: whole seconds, never too few. */
    public long waitSeconds() {
        return Math.max(1, ceil(untilNext));
    }

    /**
     * Until when the header's reset points: of a refused one, to the same moment as {@code Retry-After}, as the draft
     * asks.
     */
    public long resetSeconds() {
        return isWithin ? ceil(untilWhole) : waitSeconds();
    }

    /** An item of {@code RateLimit}. */
    public String item() {
        return "\"%s\";r=%d;t=%d".formatted(quota.name(), remaining, resetSeconds());
    }

    private static long ceil(Duration duration) {
        return duration.plusNanos(999_999_999).toSeconds();
    }
}
