package dev.longshore.gateway.deadletter.domain;

import dev.longshore.events.Topic;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whose dead letters a topic holds, and of which topic. */
public record DeadLetterTopic(Topic topic, String service) {

    private static final Pattern NAME = Pattern.compile("(longshore\\.[a-z]+)\\.([a-z-]+)\\.dlq");

    /** Empty for the name of any other topic. */
    public static Optional<DeadLetterTopic> parse(String name) {
        var parts = NAME.matcher(name);
        return parts.matches()
                ? Stream.of(Topic.values())
                        .filter(topic -> topic.topicName().equals(parts.group(1)))
                        .findFirst()
                        .map(topic -> new DeadLetterTopic(topic, parts.group(2)))
                : Optional.empty();
    }

    public String name() {
        return topic.deadLetters(service);
    }

    /** Where the service takes back what is replayed. */
    public String replays() {
        return topic.replays(service);
    }
}
