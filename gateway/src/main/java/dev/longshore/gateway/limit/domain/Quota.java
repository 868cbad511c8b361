package dev.longshore.gateway.limit.domain;

import java.time.Duration;

/**
 * So many requests in such a time, for each of whom it counts apart. It comes back bit by bit, not at once.
 *
 * @param name as the header {@code RateLimit-Policy} and the metrics have it
 */
public record Quota(String name, long requests, Duration window) {

    public Quota {
        if (!name.matches("[a-z][a-z-]*") || requests < 1 || window.toSeconds() < 1) {
            throw new IllegalArgumentException("No quota: %s, %d in %s".formatted(name, requests, window));
        }
    }

    /** An item of {@code RateLimit-Policy}, as draft-ietf-httpapi-ratelimit-headers has it. */
    public String policy() {
        return "\"%s\";q=%d;w=%d".formatted(name, requests, window.toSeconds());
    }
}
