package dev.longshore.gateway.deadletter.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.uuid.Generators;
import dev.longshore.gateway.deadletter.domain.DeadLetter;
import dev.longshore.gateway.deadletter.domain.DeadLetterState;
import dev.longshore.gateway.deadletter.domain.DeadLetterTopic;
import dev.longshore.gateway.deadletter.postgres.DeadLetters;
import dev.longshore.kit.event.Replayed;
import dev.longshore.kit.inbox.Consumption;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Keeps what comes on the dead-letter topics of all services. */
@ApplicationScoped
class DeadLetterConsumer {

    private final Consumption consumption;
    private final DeadLetters letters;

    DeadLetterConsumer(Consumption consumption, DeadLetters letters) {
        this.consumption = consumption;
        this.letters = letters;
    }

    @Incoming("dead-letters")
    Uni<Void> consume(ConsumerRecord<String, String> message) {
        return consumption.handle(
                message,
                () -> DeadLetterTopic.parse(message.topic())
                        .map(from -> letters.add(letter(message, from), message.partition(), message.offset()))
                        .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    private static DeadLetter letter(ConsumerRecord<String, String> message, DeadLetterTopic from) {
        var headers = new LinkedHashMap<String, String>();
        message.headers().forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
        return new DeadLetter(
                "dlt-" + Generators.timeBasedEpochGenerator().generate(),
                from,
                origin(message, from, headers).toString(),
                Optional.ofNullable(message.key()).orElse(""),
                headers,
                Optional.ofNullable(message.value()).orElse(""),
                Instant.ofEpochMilli(message.timestamp()),
                DeadLetterState.WAITING,
                Optional.empty(),
                Optional.empty());
    }

    /** One that was replayed and failed again still says where it stood at first. */
    private static Replayed origin(
            ConsumerRecord<String, String> message, DeadLetterTopic from, Map<String, String> headers) {
        return Replayed.of(message)
                .orElseGet(() -> new Replayed(
                        from.topic().topicName(),
                        Integer.parseInt(headers.getOrDefault("dead-letter-partition", "0")),
                        Long.parseLong(headers.getOrDefault("dead-letter-offset", "0"))));
    }
}
