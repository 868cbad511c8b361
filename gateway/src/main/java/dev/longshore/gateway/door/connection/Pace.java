package dev.longshore.gateway.door.connection;

import dev.longshore.gateway.door.settings.DoorConfig;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How fast the other side has to be. Times in nanoseconds.
 *
 * @param head in which the head of a request has to arrive
 * @param patience how long a body or an answer may be slower than the least
 * @param leastInTick bytes in each step
 * @param tick how often a connection is looked at
 */
record Pace(long head, long patience, long leastInTick, long tick) {

    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    static Pace of(DoorConfig config) {
        var head = config.headPatience().toNanos();
        var patience = config.pacePatience().toNanos();
        var tick = Math.clamp(Math.min(head, patience) / 4, SHORTEST.toNanos(), LONGEST.toNanos());
        var least = config.slowest().asLongValue() * tick / TimeUnit.SECONDS.toNanos(1);
        return new Pace(head, patience, Math.max(1, least), tick);
    }
}
