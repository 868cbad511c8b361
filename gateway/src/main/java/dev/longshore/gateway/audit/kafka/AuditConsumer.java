package dev.longshore.gateway.audit.kafka;

import dev.longshore.events.AuditEvent;
import dev.longshore.events.AuditEvent.AuditRecorded;
import dev.longshore.gateway.audit.postgres.AuditTrail;
import dev.longshore.kit.event.Received;
import dev.longshore.kit.inbox.Consumption;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Appends what the services tell on {@code longshore.audit} to the trail. */
@ApplicationScoped
class AuditConsumer {

    private static final String SOURCES = "/longshore/";

    private final Consumption consumption;
    private final AuditTrail trail;

    AuditConsumer(Consumption consumption, AuditTrail trail) {
        this.consumption = consumption;
        this.trail = trail;
    }

    @Incoming("audit")
    Uni<Void> consume(ConsumerRecord<String, String> message) {
        return consumption.handle(message, AuditEvent.class, this::append);
    }

    private Uni<Void> append(Received<AuditEvent> received) {
        return received.event().orElse(null) instanceof AuditRecorded entry
                ? trail.append(received.id(), service(received.source()), entry)
                : Uni.createFrom().voidItem();
    }

    private static String service(String source) {
        return source.startsWith(SOURCES) ? source.substring(SOURCES.length()) : source;
    }
}
