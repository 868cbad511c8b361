package dev.longshore.retention.kafka;

import dev.longshore.events.ConfigEvent;
import dev.longshore.events.ConfigEvent.ExemptionConfigured;
import dev.longshore.events.ConfigEvent.FreezeConfigured;
import dev.longshore.events.ConfigEvent.Kind;
import dev.longshore.events.ConfigEvent.RegistryConfigured;
import dev.longshore.events.ConfigEvent.ReplicationRuleConfigured;
import dev.longshore.events.ConfigEvent.RetentionPolicyConfigured;
import dev.longshore.events.ConfigEvent.ScanPolicyConfigured;
import dev.longshore.events.ConfigEvent.Unrecognized;
import dev.longshore.kit.change.Freezes;
import dev.longshore.kit.event.Received;
import dev.longshore.kit.inbox.Consumption;
import dev.longshore.kit.projection.Projections;
import dev.longshore.retention.postgres.Registries;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.hibernate.reactive.mutiny.Mutiny;

/** Keeps registries and freezes. */
@ApplicationScoped
class ConfigConsumer {

    private final Consumption consumption;
    private final Projections projections;
    private final Mutiny.SessionFactory sessions;
    private final Registries registries;
    private final Freezes freezes;

    ConfigConsumer(
            Consumption consumption,
            Projections projections,
            Mutiny.SessionFactory sessions,
            Registries registries,
            Freezes freezes) {
        this.consumption = consumption;
        this.projections = projections;
        this.sessions = sessions;
        this.registries = registries;
        this.freezes = freezes;
    }

    @Incoming("config")
    Uni<Void> consume(ConsumerRecord<String, String> message) {
        return consumption.handle(
                message,
                ConfigEvent.class,
                received -> sessions.withTransaction(
                        (session, _) -> projections.apply(session, message, () -> apply(session, received))));
    }

    private Uni<Void> apply(Mutiny.Session session, Received<ConfigEvent> received) {
        return received.event()
                .map(event -> configured(session, event))
                .orElseGet(() -> removed(session, received.key()));
    }

    private Uni<Void> configured(Mutiny.Session session, ConfigEvent event) {
        return switch (event) {
            case RegistryConfigured registry -> registries.put(session, registry);
            case FreezeConfigured freeze -> freezes.set(session, freeze.name(), freeze.reason());
            case RetentionPolicyConfigured _,
                    ReplicationRuleConfigured _,
                    ScanPolicyConfigured _,
                    ExemptionConfigured _,
                    Unrecognized _ -> Uni.createFrom().voidItem();
        };
    }

    private Uni<Void> removed(Mutiny.Session session, String key) {
        var name = key.substring(key.indexOf('/') + 1);
        if (key.equals(Kind.REGISTRY.key(name))) {
            return registries.remove(session, name);
        }
        return key.equals(Kind.FREEZE.key(name))
                ? freezes.lift(session, name)
                : Uni.createFrom().voidItem();
    }
}
