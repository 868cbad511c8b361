package dev.longshore.e2e.suite;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/** Everything on the broker's topics, from their beginning to their present end. */
public final class Topics {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Suite suite;

    public Topics(Suite suite) {
        this.suite = suite;
    }

    /** A record; the value of a tombstone is empty. */
    public record Message(String topic, @Nullable String key, String value, Map<String, String> headers) {

        public String type() {
            return headers.getOrDefault("ce_type", "");
        }

        public String id() {
            return headers.getOrDefault("ce_id", "");
        }

        /** The event's data. */
        public JsonNode data() {
            try {
                return JSON.readTree(value).path("data");
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("Not a CloudEvent: " + value, e);
            }
        }
    }

    public List<String> names() {
        try (var consumer = consumer()) {
            return consumer.listTopics().keySet().stream().sorted().toList();
        }
    }

    /** In each partition's order. */
    public List<Message> read(String... topics) {
        try (var consumer = consumer()) {
            var partitions = Arrays.stream(topics)
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(Topics::partition)
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            var messages = new ArrayList<Message>();
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(500)).forEach(found -> messages.add(message(found)));
            }
            return messages;
        }
    }

    private static TopicPartition partition(PartitionInfo info) {
        return new TopicPartition(info.topic(), info.partition());
    }

    private static Message message(ConsumerRecord<@Nullable String, @Nullable String> found) {
        var headers = new HashMap<String, String>();
        found.headers().forEach(header -> headers.put(header.key(), new String(header.value())));
        var value = found.value();
        return new Message(found.topic(), found.key(), value == null ? "" : value, headers);
    }

    private KafkaConsumer<@Nullable String, @Nullable String> consumer() {
        var settings = Map.<String, Object>of(
                "bootstrap.servers",
                suite.kafka(),
                "enable.auto.commit",
                false,
                "isolation.level",
                "read_committed",
                "max.partition.fetch.bytes",
                4 * 1024 * 1024);
        return new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
    }

    /** All of them, as one text per topic. */
    public Map<String, String> everything() {
        return read(names().toArray(String[]::new)).stream()
                .collect(Collectors.groupingBy(
                        Message::topic, Collectors.mapping(Message::toString, Collectors.joining("\n"))));
    }
}
