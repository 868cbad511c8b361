package dev.longshore.local.machine;

import java.time.Duration;

/** How long to wait before a process that died is started again: longer each time, until one lives for a while. */
public final class Backoff {

    private static final Duration FIRST = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(30);

    private Duration next = FIRST;

    public Duration after(Duration life) {
        var now = life.compareTo(LONG_ENOUGH) >= 0 ? FIRST : next;
        var doubled = now.multipliedBy(2);
        next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        return now;
    }
}
