package dev.longshore.events;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The topics of the suite and how each is created. Partition counts are for life: a key's order depends on them.
 *
 * <p>Replication factor and {@code min.insync.replicas} are an installation's to decide and are not here.
 */
public enum Topic {
    WEBHOOKS("longshore.webhooks", 12, Duration.ofDays(7)),
    IMAGES("longshore.images", 12, Duration.ofDays(30)),
    INVENTORY("longshore.inventory", 12, null),
    SCANS("longshore.scans", 12, Duration.ofDays(30)),
    DECISIONS("longshore.decisions", 12, null),
    REPLICATIONS("longshore.replications", 12, Duration.ofDays(30)),
    RETENTIONS("longshore.retentions", 12, Duration.ofDays(30)),
    CONFIG("longshore.config", 1, null),
    LIMITS("longshore.limits", 1, null),
    AUDIT("longshore.audit", 6, Duration.ofDays(30)),
    PROGRESS("longshore.progress", 3, Duration.ofHours(1));

    /** The largest record on producer, topic and fetch: a 1 MiB notification, escaped into JSON, fits with room. */
    public static final int LARGEST_RECORD_BYTES = 4 * 1024 * 1024;

    private final String topicName;
    private final int partitions;
    private final Optional<Duration> retention;

    Topic(String topicName, int partitions, @Nullable Duration retention) {
        this.topicName = topicName;
        this.partitions = partitions;
        this.retention = Optional.ofNullable(retention);
    }

    public String topicName() {
        return topicName;
    }

    public int partitions() {
        return partitions;
    }

    /** Whether only the last record of each key is kept, and a null removes it. */
    public boolean isCompacted() {
        return retention.isEmpty();
    }

    /** The settings that the topic is created with, as Kafka names them. */
    public Map<String, String> settings() {
        var settings = new LinkedHashMap<String, String>();
        settings.put("cleanup.policy", isCompacted() ? "compact" : "delete");
        retention.ifPresent(time -> settings.put("retention.ms", Long.toString(time.toMillis())));
        settings.put("max.message.bytes", Integer.toString(LARGEST_RECORD_BYTES));
        return Map.copyOf(settings);
    }

    /** Where {@code service} puts the records of this topic that it cannot handle. */
    public String deadLetters(String service) {
        return topicName + "." + service + ".dlq";
    }

    /** From where {@code service}, and no other, takes records of this topic that someone had replayed. */
    public String replays(String service) {
        return topicName + "." + service + ".replay";
    }
}
