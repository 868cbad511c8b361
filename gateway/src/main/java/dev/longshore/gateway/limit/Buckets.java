package dev.longshore.gateway.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.longshore.gateway.limit.domain.Quota;
import dev.longshore.gateway.limit.domain.Standing;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Objects;

/** Counts requests in buckets of tokens: a few tens of bytes for each caller, and for no more callers than configured. */
final class Buckets {

    /** Longest window there is: a bucket that nobody touched for so long is full again, as a new one is. */
    private static final Duration FULL_AGAIN = Duration.ofHours(1);

    private final Cache<Counted, Bucket> buckets;
    private final TimeMeter time;

    private record Counted(Quota quota, String key) {}

    Buckets(long callers, TimeMeter time) {
        this.time = time;
        this.buckets = Caffeine.newBuilder()
                .maximumSize(callers)
                .expireAfterAccess(FULL_AGAIN)
                .build();
    }

    /** Counts one request. */
    Standing take(Quota quota, String key) {
        var bucket = Objects.requireNonNull(buckets.get(new Counted(quota, key), counted -> full(counted.quota())));
        var probe = bucket.tryConsumeAndReturnRemaining(1);
        return new Standing(
                quota,
                probe.isConsumed(),
                probe.getRemainingTokens(),
                Duration.ofNanos(probe.getNanosToWaitForRefill()),
                Duration.ofNanos(probe.getNanosToWaitForReset()));
    }

    private Bucket full(Quota quota) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(quota.requests()).refillGreedy(quota.requests(), quota.window()))
                .withCustomTimePrecision(time)
                .build();
    }
}
