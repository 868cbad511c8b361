package dev.longshore.gateway.suite;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.events.Event;
import dev.longshore.events.Topic;
import dev.longshore.kit.event.EventCodec;
import dev.longshore.kit.event.Received;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/** The topics, as the other services see and fill them. */
@ApplicationScoped
public class Topics {

    public UUID publish(Event event, String service) {
        var id = UUID.randomUUID();
        publish(id, event, service);
        return id;
    }

    public void publish(UUID id, Event event, String service) {
        send(event.topic(), event.key(), EventCodec.encode(event, id, service, Instant.now()));
    }

    public void publishRemoval(Topic topic, String key) {
        send(topic, key, null);
    }

    public void publishGarbage(Topic topic, String key) {
        send(topic, key, "no event");
    }

    /** Makes topics of one partition that no service of the test makes. */
    public void create(String... names) {
        try (var admin = Admin.create(Map.of("bootstrap.servers", servers()))) {
            admin.createTopics(Stream.of(names)
                            .map(name -> new NewTopic(name, 1, (short) 1))
                            .toList())
                    .all()
                    .get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public void send(String topic, String key, String value, Map<String, String> headers) {
        var message = new ProducerRecord<>(topic, key, value);
        headers.forEach((name, text) -> message.headers().add(name, text.getBytes(UTF_8)));
        send(message);
    }

    private static void send(Topic topic, String key, @Nullable String value) {
        send(new ProducerRecord<>(topic.topicName(), key, value));
    }

    private static void send(ProducerRecord<String, String> message) {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", servers()),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(message).get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** All that is on the topic now. */
    public <E extends Event> List<Received<E>> read(Topic topic, Class<E> family) {
        return records(topic).stream()
                .map(found -> EventCodec.decode(found, family))
                .toList();
    }

    private static List<ConsumerRecord<String, String>> records(Topic topic) {
        return records(topic.topicName(), topic.partitions());
    }

    /** All that is on a topic of so many partitions now. */
    public static List<ConsumerRecord<String, String>> records(String topic, int count) {
        var settings = Map.<String, Object>of("bootstrap.servers", servers(), "enable.auto.commit", "false");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            var partitions = IntStream.range(0, count)
                    .mapToObj(number -> new TopicPartition(topic, number))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            var found = new ArrayList<ConsumerRecord<String, String>>();
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
                consumer.poll(Duration.ofMillis(200)).forEach(found::add);
            }
            return found;
        }
    }

    private static String servers() {
        return ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class);
    }
}
