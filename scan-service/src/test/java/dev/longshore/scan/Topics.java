package dev.longshore.scan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.uuid.Generators;
import dev.longshore.events.Event;
import dev.longshore.events.Topic;
import dev.longshore.kit.event.EventCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** The topics as other services see them. */
final class Topics {

    private Topics() {}

    /** A record's key, type and data; the type is empty for a null record. */
    record Seen(String key, String type, JsonNode data) {}

    static void publish(Event event) {
        var id = Generators.timeBasedEpochGenerator().generate();
        send(event.topic().topicName(), event.key(), EventCodec.encode(event, id, "test", Instant.now()));
    }

    static void remove(Topic topic, String key) {
        send(topic.topicName(), key, null);
    }

    static List<Seen> of(Topic topic, String keyPart) {
        return read(topic.topicName(), topic.partitions()).stream()
                .filter(message -> message.key() != null && message.key().contains(keyPart))
                .map(Topics::seen)
                .toList();
    }

    static List<String> deadLetters(Topic topic) {
        return read(topic.deadLetters("scan-service"), 1).stream()
                .map(ConsumerRecord::value)
                .toList();
    }

    private static void send(String topic, String key, @Nullable String value) {
        Map<String, Object> settings = Map.of("bootstrap.servers", Infra.LOCAL.kafkaBootstrapServers());
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, key, value));
        }
    }

    private static List<ConsumerRecord<String, String>> read(String topic, int count) {
        Map<String, Object> settings = Map.of("bootstrap.servers", Infra.LOCAL.kafkaBootstrapServers());
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            var partitions = IntStream.range(0, count)
                    .mapToObj(number -> new TopicPartition(topic, number))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            var found = new ArrayList<ConsumerRecord<String, String>>();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(found::add);
            }
            return found;
        }
    }

    private static Seen seen(ConsumerRecord<String, String> message) {
        try {
            var document = EventCodec.mapper().readTree(message.value() == null ? "{}" : message.value());
            return new Seen(message.key(), document.path("type").asText(""), document.path("data"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
