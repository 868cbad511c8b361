package dev.longshore.gateway.session.domain;

import java.time.Duration;
import java.time.Instant;

/**
 * How long whoever failed waits until the next attempt: not at all for the first few, then twice as long each time.
 *
 * @param free so many attempts wait for nothing
 * @param longest no wait is longer
 * @param forgottenAfter after so long without an attempt all is forgotten
 */
public record Backoff(int free, Duration longest, Duration forgottenAfter) {

    private static final int MOST_DOUBLINGS = 30;

    /** Attempts that failed, or have begun and not succeeded yet. */
    public record Attempts(int failures, Instant lastAt, Instant nextAt) {

        public static final Attempts NONE = new Attempts(0, Instant.EPOCH, Instant.EPOCH);

        public boolean isBlocked(Instant now) {
            return nextAt.isAfter(now);
        }
    }

    /** With one more that begins now. Until it succeeds it counts as failed: many at once are not as good as one. */
    public Attempts next(Attempts before, Instant now) {
        var isForgotten = !before.lastAt().plus(forgottenAfter).isAfter(now);
        var failures = isForgotten ? 1 : before.failures() + 1;
        return new Attempts(failures, now, now.plus(delay(failures)));
    }

    private Duration delay(int failures) {
        if (failures <= free) {
            return Duration.ZERO;
        }
        var delay = Duration.ofSeconds(1L << Math.min(failures - free - 1, MOST_DOUBLINGS));
        return delay.compareTo(longest) < 0 ? delay : longest;
    }
}
