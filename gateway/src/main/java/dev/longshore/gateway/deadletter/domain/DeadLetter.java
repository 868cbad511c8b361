package dev.longshore.gateway.deadletter.domain;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A record that a service could not handle.
 *
 * @param id time-ordered, so that ids sort as the letters came
 * @param origin where the record stood when it first failed: topic/partition/offset
 * @param headers of the record, and what was written of its failure
 * @param payload the record's value; empty for a null record
 * @param failedAt when it was put aside
 * @param handledBy who replayed or dismissed it
 */
public record DeadLetter(
        String id,
        DeadLetterTopic from,
        String origin,
        String key,
        Map<String, String> headers,
        String payload,
        Instant failedAt,
        DeadLetterState state,
        Optional<String> handledBy,
        Optional<Instant> handledAt) {

    private static final String FAILURE_HEADERS = "dead-letter-";

    public String type() {
        return headers.getOrDefault("ce_type", "");
    }

    public String project() {
        return headers.getOrDefault("ce_project", "default");
    }

    /** Why it failed, in the words of the exception. */
    public String reason() {
        return headers.getOrDefault("dead-letter-reason", "");
    }

    /** The exception behind the reason, if there was one. */
    public String cause() {
        return headers.getOrDefault("dead-letter-cause", "");
    }

    /** The headers that it is replayed with: its own, without those of its failure. */
    public Map<String, String> replayHeaders() {
        var kept = new LinkedHashMap<String, String>();
        headers.forEach((name, value) -> {
            if (!name.startsWith(FAILURE_HEADERS) && !name.equals("traceparent")) {
                kept.put(name, value);
            }
        });
        return kept;
    }
}
