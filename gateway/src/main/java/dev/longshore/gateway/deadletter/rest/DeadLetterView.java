package dev.longshore.gateway.deadletter.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.longshore.gateway.deadletter.domain.DeadLetter;
import dev.longshore.gateway.deadletter.domain.DeadLetterState;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter for people to see.
 *
 * @param origin where the record stood when it first failed: topic/partition/offset
 * @param type of the event; left out if the record is none
 * @param reason why it failed
 * @param payload left out of lists; sealed secrets are left out of it
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record DeadLetterView(
        String id,
        String project,
        String service,
        String topic,
        String origin,
        String key,
        String type,
        String reason,
        String cause,
        Instant failedAt,
        DeadLetterState state,
        @Nullable String handledBy,
        @Nullable Instant handledAt,
        @Nullable Map<String, String> headers,
        @Nullable String payload) {

    private static final Pattern SEALED = Pattern.compile("(\"sealed\"\\s*:\\s*\")[^\"]*");

    static DeadLetterView listed(DeadLetter letter) {
        return of(letter, null, null);
    }

    static DeadLetterView whole(DeadLetter letter) {
        return of(letter, letter.headers(), SEALED.matcher(letter.payload()).replaceAll("$1…"));
    }

    private static DeadLetterView of(
            DeadLetter letter, @Nullable Map<String, String> headers, @Nullable String payload) {
        return new DeadLetterView(
                letter.id(),
                letter.project(),
                letter.from().service(),
                letter.from().topic().topicName(),
                letter.origin(),
                letter.key(),
                letter.type(),
                letter.reason(),
                letter.cause(),
                letter.failedAt(),
                letter.state(),
                letter.handledBy().orElse(null),
                letter.handledAt().orElse(null),
                headers,
                payload);
    }
}
