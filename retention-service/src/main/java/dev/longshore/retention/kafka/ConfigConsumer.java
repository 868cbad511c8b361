package dev.longshore.retention.kafka;

import dev.longshore.events.ConfigEvent;
import dev.longshore.kit.inbox.Consumption;
import dev.longshore.kit.projection.Projections;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.hibernate.reactive.mutiny.Mutiny;

/** Keeps registries, policies and freezes. */
@ApplicationScoped
class ConfigConsumer {

    private final Consumption consumption;
    private final Projections projections;
    private final Mutiny.SessionFactory sessions;
    private final ConfigEffects effects;

    ConfigConsumer(
            Consumption consumption, Projections projections, Mutiny.SessionFactory sessions, ConfigEffects effects) {
        this.consumption = consumption;
        this.projections = projections;
        this.sessions = sessions;
        this.effects = effects;
    }

    @Incoming("config")
    Uni<Void> consume(ConsumerRecord<String, String> message) {
        return consumption.handle(
                message,
                ConfigEvent.class,
                received -> sessions.withTransaction(
                        (session, _) -> projections.apply(session, message, () -> effects.apply(session, received))));
    }
}
