package dev.longshore.replication.kafka;

import dev.longshore.events.ConfigEvent;
import dev.longshore.kit.inbox.Consumption;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Keeps registries, rules and freezes. */
@ApplicationScoped
class ConfigConsumer {

    private final Consumption consumption;
    private final ConfigEffects effects;

    ConfigConsumer(Consumption consumption, ConfigEffects effects) {
        this.consumption = consumption;
        this.effects = effects;
    }

    @Incoming("config")
    Uni<Void> consume(ConsumerRecord<String, String> message) {
        return consumption.project(message, ConfigEvent.class, effects::apply);
    }
}
