package dev.longshore.gateway.webhook.kafka;

import dev.longshore.events.ConfigEvent;
import dev.longshore.events.ConfigEvent.Kind;
import dev.longshore.events.ConfigEvent.RegistryConfigured;
import dev.longshore.gateway.webhook.postgres.WebhookRegistries;
import dev.longshore.kit.event.Received;
import dev.longshore.kit.inbox.Consumption;
import dev.longshore.kit.projection.Projections;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.hibernate.reactive.mutiny.Mutiny;

/** Copies the registries of {@code longshore.config} into the gateway's database. */
@ApplicationScoped
class RegistryConsumer {

    private static final String REGISTRIES = Kind.REGISTRY.key("");

    private final Consumption consumption;
    private final Projections projections;
    private final Mutiny.SessionFactory database;
    private final WebhookRegistries registries;

    RegistryConsumer(
            Consumption consumption,
            Projections projections,
            Mutiny.SessionFactory database,
            WebhookRegistries registries) {
        this.consumption = consumption;
        this.projections = projections;
        this.database = database;
        this.registries = registries;
    }

    @Incoming("config")
    Uni<Void> consume(ConsumerRecord<String, String> message) {
        return consumption.handle(
                message,
                ConfigEvent.class,
                received -> database.withTransaction((transaction, _) ->
                        projections.apply(transaction, message, () -> apply(transaction, received))));
    }

    private Uni<Void> apply(Mutiny.Session transaction, Received<ConfigEvent> received) {
        if (received.event().isPresent()) {
            return received.event().get() instanceof RegistryConfigured registry
                    ? registries.store(transaction, registry)
                    : Uni.createFrom().voidItem();
        }
        return received.key().startsWith(REGISTRIES)
                ? registries.remove(transaction, received.key().substring(REGISTRIES.length()))
                : Uni.createFrom().voidItem();
    }
}
