package dev.longshore.push.kafka;

import dev.longshore.events.ConfigEvent;
import dev.longshore.events.ConfigEvent.FreezeConfigured;
import dev.longshore.events.ConfigEvent.Kind;
import dev.longshore.events.ConfigEvent.RegistryConfigured;
import dev.longshore.kit.change.Freezes;
import dev.longshore.kit.event.Received;
import dev.longshore.kit.inbox.Consumption;
import dev.longshore.kit.projection.Projections;
import dev.longshore.push.postgres.Registries;
import dev.longshore.push.task.ForgetRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.hibernate.reactive.mutiny.Mutiny;

/** Keeps the service's copy of the registries and freezes. */
@ApplicationScoped
class ConfigConsumer {

    private final Consumption consumption;
    private final Mutiny.SessionFactory sessions;
    private final Projections projections;
    private final Registries registries;
    private final Freezes freezes;
    private final ForgetRegistry forget;

    ConfigConsumer(
            Consumption consumption,
            Mutiny.SessionFactory sessions,
            Projections projections,
            Registries registries,
            Freezes freezes,
            ForgetRegistry forget) {
        this.consumption = consumption;
        this.sessions = sessions;
        this.projections = projections;
        this.registries = registries;
        this.freezes = freezes;
        this.forget = forget;
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
        return received.event().map(event -> put(session, event)).orElseGet(() -> remove(session, received.key()));
    }

    private Uni<Void> put(Mutiny.Session session, ConfigEvent event) {
        return switch (event) {
            case RegistryConfigured registry -> registries.put(session, registry);
            case FreezeConfigured freeze -> freezes.set(session, freeze.name(), freeze.reason());
            case ConfigEvent.ScanPolicyConfigured _,
                    ConfigEvent.ExemptionConfigured _,
                    ConfigEvent.ReplicationRuleConfigured _,
                    ConfigEvent.RetentionPolicyConfigured _,
                    ConfigEvent.ProjectConfigured _,
                    ConfigEvent.Unrecognized _ -> Uni.createFrom().voidItem();
        };
    }

    private Uni<Void> remove(Mutiny.Session session, String key) {
        var name = key.substring(key.indexOf('/') + 1);
        if (key.equals(Kind.REGISTRY.key(name))) {
            return registries
                    .remove(session, name)
                    .chain(removed -> removed
                            ? forget.enqueue(session, name)
                            : Uni.createFrom().voidItem());
        }
        return key.equals(Kind.FREEZE.key(name))
                ? freezes.lift(session, name)
                : Uni.createFrom().voidItem();
    }
}
