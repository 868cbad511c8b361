package dev.longshore.gateway.suite;

import dev.longshore.events.Event;
import dev.longshore.events.Topic;
import dev.longshore.kit.event.EventCodec;
import dev.longshore.kit.event.Received;
import dev.longshore.testkit.topic.Message;
import dev.longshore.testkit.topic.TestTopics;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The topics, as the other services see and fill them. */
@ApplicationScoped
public class Topics {

    private final String servers;
    private final TestTopics topics;

    Topics(@ConfigProperty(name = "kafka.bootstrap.servers") String servers) {
        this.servers = servers;
        this.topics = new TestTopics(servers);
    }

    @PreDestroy
    void close() {
        topics.close();
    }

    public UUID publish(Event event, String service) {
        var id = UUID.randomUUID();
        publish(id, event, service);
        return id;
    }

    public void publish(UUID id, Event event, String service) {
        send(event.topic().topicName(), event.key(), EventCodec.encode(event, id, service, Instant.now()), Map.of());
    }

    public void publishRemoval(Topic topic, String key) {
        topics.remove(topic.topicName(), key);
    }

    public void publishGarbage(Topic topic, String key) {
        send(topic.topicName(), key, "no event", Map.of());
    }

    /** Makes topics of one partition that no service of the test makes. */
    public void create(String... names) {
        try (var admin = Admin.create(Map.of("bootstrap.servers", servers))) {
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
        topics.send(topic, key, value, headers);
    }

    /** All that is on the topic now. */
    public <E extends Event> List<Received<E>> read(Topic topic, Class<E> family) {
        return topics.records(topic.topicName()).stream()
                .map(found -> EventCodec.decode(found, family))
                .toList();
    }

    /** All that is on the topic now, as it lies there. */
    public List<Message> messages(String topic) {
        return topics.read(topic);
    }
}
