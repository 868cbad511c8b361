package dev.longshore.gateway.configuration.kafka;

import dev.longshore.events.ConfigEvent;
import dev.longshore.events.ConfigEvent.Kind;
import dev.longshore.events.ConfigEvent.ProjectConfigured;
import dev.longshore.events.ConfigEvent.RegistryConfigured;
import dev.longshore.gateway.access.postgres.Memberships;
import dev.longshore.gateway.webhook.postgres.WebhookRegistries;
import dev.longshore.kit.event.Received;
import dev.longshore.kit.inbox.Consumption;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.hibernate.reactive.mutiny.Mutiny;

/** Copies registries and the members of projects into the gateway's database. */
@ApplicationScoped
class ConfigConsumer {

    private static final String REGISTRIES = Kind.REGISTRY.key("");
    private static final String PROJECTS = Kind.PROJECT.key("");

    private final Consumption consumption;
    private final WebhookRegistries registries;
    private final Memberships memberships;

    ConfigConsumer(Consumption consumption, WebhookRegistries registries, Memberships memberships) {
        this.consumption = consumption;
        this.registries = registries;
        this.memberships = memberships;
    }

    @Incoming("config")
    Uni<Void> consume(ConsumerRecord<String, String> message) {
        return consumption.project(message, ConfigEvent.class, this::apply);
    }

    private Uni<Void> apply(Mutiny.Session transaction, Received<ConfigEvent> received) {
        if (received.event().isPresent()) {
            return switch (received.event().get()) {
                case RegistryConfigured registry -> registries.store(transaction, registry);
                case ProjectConfigured project -> memberships.store(transaction, project);
                default -> Uni.createFrom().voidItem();
            };
        }
        var key = received.key();
        if (key.startsWith(REGISTRIES)) {
            return registries.remove(transaction, key.substring(REGISTRIES.length()));
        }
        return key.startsWith(PROJECTS)
                ? memberships.remove(transaction, key.substring(PROJECTS.length()))
                : Uni.createFrom().voidItem();
    }
}
