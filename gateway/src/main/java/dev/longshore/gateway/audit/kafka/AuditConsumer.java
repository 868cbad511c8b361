package dev.longshore.gateway.audit.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.events.AuditEvent;
import dev.longshore.events.AuditEvent.AuditRecorded;
import dev.longshore.events.Topic;
import dev.longshore.gateway.audit.domain.Entry;
import dev.longshore.gateway.audit.postgres.AuditChain;
import dev.longshore.kit.event.EventCodec;
import dev.longshore.kit.event.Received;
import dev.longshore.kit.event.UnreadableRecordException;
import dev.longshore.kit.inbox.Consumption;
import dev.longshore.kit.outbox.Outbox;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Appends what the services tell on {@code longshore.audit} to the chain, as many at once as were read at once. What cannot
 * be read goes to the dead letters in the same transaction, so that one such record does not take the others along.
 */
@ApplicationScoped
class AuditConsumer {

    private static final String SERVICE = "gateway";

    private final Consumption consumption;
    private final Mutiny.SessionFactory sessions;
    private final AuditChain chain;
    private final Outbox outbox;

    AuditConsumer(Consumption consumption, Mutiny.SessionFactory sessions, AuditChain chain, Outbox outbox) {
        this.consumption = consumption;
        this.sessions = sessions;
        this.chain = chain;
        this.outbox = outbox;
    }

    private record Unreadable(ConsumerRecord<String, String> message, UnreadableRecordException why) {}

    @Incoming("audit")
    Uni<Void> consume(ConsumerRecords<String, String> messages) {
        var entries = new ArrayList<Entry>();
        var unreadable = new ArrayList<Unreadable>();
        for (var message : messages) {
            try {
                entry(EventCodec.decode(message, AuditEvent.class)).ifPresent(entries::add);
            } catch (UnreadableRecordException failure) {
                unreadable.add(new Unreadable(message, failure));
            }
        }
        return consumption.handle(messages.iterator().next(), () -> store(entries, unreadable));
    }

    private Uni<Void> store(List<Entry> entries, List<Unreadable> unreadable) {
        return sessions.withTransaction(
                (session, _) -> chain.append(session, entries).chain(() -> putAside(session, unreadable)));
    }

    private Uni<Void> putAside(Mutiny.Session session, List<Unreadable> unreadable) {
        return Multi.createFrom()
                .iterable(unreadable)
                .onItem()
                .transformToUniAndConcatenate(each -> putAside(session, each))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> putAside(Mutiny.Session session, Unreadable each) {
        var message = each.message();
        var headers = new LinkedHashMap<String, String>();
        message.headers().forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
        headers.put("dead-letter-reason", String.valueOf(each.why().getMessage()));
        Optional.ofNullable(each.why().getCause())
                .ifPresent(cause -> headers.put("dead-letter-cause", cause.toString()));
        headers.put("dead-letter-topic", message.topic());
        headers.put("dead-letter-partition", Integer.toString(message.partition()));
        headers.put("dead-letter-offset", Long.toString(message.offset()));
        consumption.deadLetter(message, each.why());
        return outbox.replay(
                session,
                Topic.AUDIT.deadLetters(SERVICE),
                Optional.ofNullable(message.key()).orElse(""),
                headers,
                Optional.ofNullable(message.value()).orElse(""));
    }

    private static Optional<Entry> entry(Received<AuditEvent> received) {
        return received.event().orElse(null) instanceof AuditRecorded recorded
                ? Optional.of(Entries.of(received.id(), received.source(), recorded))
                : Optional.empty();
    }
}
