package dev.longshore.kit.projection;

import dev.longshore.events.Topic;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes the topics of {@link Topic}, and those of this service's dead letters and replays, where they are missing. */
@ApplicationScoped
class TopicCreation {

    private static final Map<String, String> DEAD_LETTERS = Map.of(
            "cleanup.policy", "delete",
            "retention.ms", Long.toString(TimeUnit.DAYS.toMillis(30)),
            "max.message.bytes", Integer.toString(Topic.LARGEST_RECORD_BYTES + 64 * 1024));

    private final TopicsConfig config;
    private final Config all;
    private final String service;

    TopicCreation(TopicsConfig config, Config all, @ConfigProperty(name = "quarkus.application.name") String service) {
        this.config = config;
        this.all = all;
        this.service = service;
    }

    /** Blocks until it is done; the ends are those of the projected topics. */
    Map<TopicPartition, Long> createAndFindEnds() {
        var patience = (int) config.patience().toMillis();
        var settings = new HashMap<String, Object>();
        for (var name : all.getPropertyNames()) {
            // What a secured broker needs (kafka.security.protocol and the like) is set for all clients alike.
            if (name.startsWith("kafka.")) {
                all.getOptionalValue(name, String.class)
                        .ifPresent(value -> settings.put(name.substring("kafka.".length()), value));
            }
        }
        settings.put("default.api.timeout.ms", patience);
        settings.put("request.timeout.ms", Math.min(patience, 10_000));
        try (var admin = Admin.create(settings)) {
            create(admin, patience);
            return ends(admin, patience);
        } catch (ExecutionException | TimeoutException failure) {
            throw new KafkaException("Could not make the topics at " + settings.get("bootstrap.servers"), failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new KafkaException(interrupted);
        }
    }

    private void create(Admin admin, int patience) throws ExecutionException, InterruptedException, TimeoutException {
        var existing = admin.listTopics().names().get(patience, TimeUnit.MILLISECONDS);
        var missing = new ArrayList<NewTopic>();
        for (var topic : Topic.values()) {
            missing.add(topic(topic.topicName(), topic.partitions(), topic.settings()));
            if (isConsumedHere(topic)) {
                missing.add(topic(topic.deadLetters(service), 1, DEAD_LETTERS));
                missing.add(topic(topic.replays(service), 1, DEAD_LETTERS));
            }
        }
        missing.removeIf(topic -> existing.contains(topic.name()));
        for (var made : admin.createTopics(missing).values().values()) {
            try {
                made.get(patience, TimeUnit.MILLISECONDS);
            } catch (ExecutionException failure) {
                // Another service was faster.
                if (!(failure.getCause() instanceof TopicExistsException)) {
                    throw failure;
                }
            }
        }
    }

    private boolean isConsumedHere(Topic topic) {
        for (var name : all.getPropertyNames()) {
            if (name.startsWith("mp.messaging.incoming.")
                    && name.endsWith(".topics")
                    && all.getValues(name, String.class).contains(topic.topicName())) {
                return true;
            }
        }
        return false;
    }

    private NewTopic topic(String name, int partitions, Map<String, String> settings) {
        var complete = new HashMap<>(settings);
        complete.put("min.insync.replicas", Integer.toString(config.minInsyncReplicas()));
        return new NewTopic(name, partitions, config.replicationFactor()).configs(complete);
    }

    private Map<TopicPartition, Long> ends(Admin admin, int patience)
            throws ExecutionException, InterruptedException, TimeoutException {
        var projected = config.projected().orElse(Set.of());
        var partitions = List.of(Topic.values()).stream()
                .filter(topic -> projected.contains(topic.topicName()))
                .flatMap(topic -> IntStream.range(0, topic.partitions())
                        .mapToObj(number -> new TopicPartition(topic.topicName(), number)))
                .collect(Collectors.toMap(partition -> partition, _ -> OffsetSpec.latest()));
        return admin.listOffsets(partitions).all().get(patience, TimeUnit.MILLISECONDS).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, end -> end.getValue().offset()));
    }
}
