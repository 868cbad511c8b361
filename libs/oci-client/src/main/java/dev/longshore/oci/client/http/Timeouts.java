package dev.longshore.oci.client.http;

import java.time.Duration;

/**
 * How patient the client is.
 *
 * @param request longest for a whole request, except a blob's content, which ends only when nothing moves for {@code idle}
 * @param longestWait longest that a request waits for a registry that said when to come back; beyond it the caller is told
 */
public record Timeouts(Duration connect, Duration request, Duration idle, Duration longestWait, int attempts) {

    public Timeouts {
        if (attempts < 1) {
            throw new IllegalArgumentException("A request is attempted at least once");
        }
    }

    public static Timeouts defaults() {
        return new Timeouts(
                Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofSeconds(10), 3);
    }
}
