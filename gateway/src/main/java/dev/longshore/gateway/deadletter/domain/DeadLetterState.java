package dev.longshore.gateway.deadletter.domain;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What people did about a dead letter. */
public enum DeadLetterState {
    /** Nothing yet. */
    WAITING,
    /** It was given to its service again. If that failed, there is another dead letter. */
    REPLAYED,
    /** It was found to be of no use. */
    DISMISSED;

    public static Optional<DeadLetterState> parse(String text) {
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
