package dev.longshore.config.suite;

import dev.longshore.events.AuditEvent;
import dev.longshore.events.AuditEvent.AuditRecorded;
import dev.longshore.events.ConfigEvent;
import dev.longshore.events.Event;
import dev.longshore.events.Topic;
import dev.longshore.kit.event.EventCodec;
import dev.longshore.kit.event.Received;
import dev.longshore.testkit.topic.TestTopics;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.ConfigProvider;

/** What is on the topics now, read as any other service would. */
public final class Topics {

    private Topics() {}

    /** All records of this key, the oldest first; a removal has no event. */
    public static List<Received<ConfigEvent>> config(String key) {
        return records(Topic.CONFIG).stream()
                .filter(found -> key.equals(found.key()))
                .map(found -> EventCodec.decode(found, ConfigEvent.class))
                .toList();
    }

    public static List<AuditRecorded> audit(String resource) {
        return records(Topic.AUDIT).stream()
                .map(found -> EventCodec.decode(found, AuditEvent.class))
                .flatMap(found -> found.event().stream())
                .filter(AuditRecorded.class::isInstance)
                .map(AuditRecorded.class::cast)
                .filter(entry -> entry.resource().equals(resource))
                .toList();
    }

    /** Every record of every topic as it is on the broker. */
    public static String everything() {
        var text = new StringBuilder();
        for (var topic : Topic.values()) {
            records(topic)
                    .forEach(found -> text.append(found.key())
                            .append(found.value())
                            .append(found.headers())
                            .append('\n'));
        }
        return text.toString();
    }

    public static <E extends Event> E last(List<Received<ConfigEvent>> records, Class<E> type) {
        return type.cast(records.getLast().event().orElseThrow());
    }

    private static List<ConsumerRecord<String, String>> records(Topic topic) {
        var servers = ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class);
        try (var topics = new TestTopics(servers)) {
            return topics.records(topic.topicName());
        }
    }
}
