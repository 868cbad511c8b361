package dev.longshore.kit.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Where a record that was replayed from the dead letters stood when it failed. */
public record Replayed(String topic, int partition, long offset) {

    /** Header of a replayed record: {@code topic/partition/offset}. */
    public static final String HEADER = "longshore-replayed";

    /** Empty for a record that comes for the first time. */
    public static Optional<Replayed> of(ConsumerRecord<?, ?> message) {
        return Optional.ofNullable(message.headers().lastHeader(HEADER))
                .map(header -> parse(new String(header.value(), UTF_8)));
    }

    /** Throws {@link IllegalArgumentException} for anything but what {@link #toString()} gives. */
    public static Replayed parse(String text) {
        var parts = text.split("/", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("Not topic/partition/offset: " + text);
        }
        return new Replayed(parts[0], Integer.parseInt(parts[1]), Long.parseLong(parts[2]));
    }

    @Override
    public String toString() {
        return topic + "/" + partition + "/" + offset;
    }
}
