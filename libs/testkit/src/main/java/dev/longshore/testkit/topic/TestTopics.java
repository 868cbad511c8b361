package dev.longshore.testkit.topic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The topics of one broker. Its producer's thread ends with the JVM if it is not closed. */
public final class TestTopics implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final int LONGEST_WRITE_SECONDS = 20;

    private final String bootstrapServers;
    private final KafkaProducer<String, String> producer;

    public TestTopics(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all"),
                new StringSerializer(),
                new StringSerializer());
    }

    /** Those that there are, by name. */
    public List<String> names() {
        try (var consumer = consumer()) {
            return consumer.listTopics().keySet().stream().sorted().toList();
        }
    }

    /** All that is on the topics now, in each partition's order; nothing of a topic that does not exist. */
    public List<Message> read(String... topics) {
        return records(topics).stream().map(Message::of).toList();
    }

    /** As {@link #read}, for whoever decodes them: the value of a tombstone is null. */
    public List<ConsumerRecord<String, String>> records(String... topics) {
        try (var consumer = consumer()) {
            var partitions = Arrays.stream(topics)
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            var found = new ArrayList<ConsumerRecord<String, String>>();
            while (partitions.stream()
                    .anyMatch(partition -> consumer.position(partition) < requireNonNull(ends.get(partition)))) {
                consumer.poll(POLL).forEach(found::add);
            }
            return found;
        }
    }

    /** Returns once the broker has it. */
    public void send(String topic, String key, String value) {
        send(new ProducerRecord<>(topic, key, value));
    }

    public void send(String topic, String key, String value, Map<String, String> headers) {
        var message = new ProducerRecord<String, String>(topic, key, value);
        headers.forEach((name, text) -> message.headers().add(name, text.getBytes(UTF_8)));
        send(message);
    }

    /** Writes a tombstone, which is a value of null, though Kafka's types do not say so. */
    @SuppressWarnings("NullAway")
    public void remove(String topic, String key) {
        send(new ProducerRecord<>(topic, key, null));
    }

    private void send(ProducerRecord<String, String> message) {
        try {
            producer.send(message).get(LONGEST_WRITE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failure) {
            throw new IllegalStateException("Could not write to " + message.topic(), failure);
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void close() {
        producer.close();
    }

    private KafkaConsumer<String, String> consumer() {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "enable.auto.commit",
                false,
                "allow.auto.create.topics",
                false,
                "isolation.level",
                "read_committed",
                "max.partition.fetch.bytes",
                4 * 1024 * 1024);
        return new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
    }
}
