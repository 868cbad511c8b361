package dev.longshore.scan;

import com.fasterxml.uuid.Generators;
import dev.longshore.events.Event;
import dev.longshore.events.Topic;
import dev.longshore.kit.event.EventCodec;
import dev.longshore.testkit.topic.Message;
import dev.longshore.testkit.topic.TestTopics;
import java.time.Instant;
import java.util.List;

/** The topics as other services see them. */
final class Topics {

    private static final TestTopics TOPICS = new TestTopics(Infra.LOCAL.kafkaBootstrapServers());

    private Topics() {}

    static void publish(Event event) {
        var id = Generators.timeBasedEpochGenerator().generate();
        TOPICS.send(event.topic().topicName(), event.key(), EventCodec.encode(event, id, "test", Instant.now()));
    }

    static void remove(Topic topic, String key) {
        TOPICS.remove(topic.topicName(), key);
    }

    static List<Message> of(Topic topic, String keyPart) {
        return TOPICS.read(topic.topicName()).stream()
                .filter(message -> message.key().contains(keyPart))
                .toList();
    }

    static List<String> deadLetters(Topic topic) {
        return TOPICS.read(topic.deadLetters("scan-service")).stream()
                .map(Message::value)
                .toList();
    }
}
