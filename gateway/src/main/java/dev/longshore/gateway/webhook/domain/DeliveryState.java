package dev.longshore.gateway.webhook.domain;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What the gateway did with a delivery. What became of its content is push-service's to say. */
public enum DeliveryState {
    /** Stored, and announced on the topic. */
    RECEIVED,
    /** Stored for people to see, with a reason; of no use to anyone else. */
    FAILED;

    public static Optional<DeliveryState> parse(String text) {
        return Stream.of(values())
                .filter(state -> state.toString().equals(text))
                .findFirst();
    }

    @JsonValue
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
