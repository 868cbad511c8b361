package dev.longshore.push.kafka;

import dev.longshore.events.ClaimedRepositories;
import dev.longshore.events.ConfigEvent;
import dev.longshore.events.ConfigEvent.FreezeConfigured;
import dev.longshore.events.ConfigEvent.Kind;
import dev.longshore.events.ConfigEvent.ProjectConfigured;
import dev.longshore.events.ConfigEvent.RegistryConfigured;
import dev.longshore.kit.change.Freezes;
import dev.longshore.kit.event.Received;
import dev.longshore.kit.inbox.Consumption;
import dev.longshore.kit.project.Claims;
import dev.longshore.push.postgres.Registries;
import dev.longshore.push.task.ForgetRegistry;
import dev.longshore.push.task.Reassignment;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.hibernate.reactive.mutiny.Mutiny;

/** Keeps the service's copy of the registries and freezes. */
@ApplicationScoped
class ConfigConsumer {

    private final Consumption consumption;
    private final Registries registries;
    private final Freezes freezes;
    private final ForgetRegistry forget;
    private final Claims claims;
    private final Reassignment reassignment;

    ConfigConsumer(
            Consumption consumption,
            Registries registries,
            Freezes freezes,
            ForgetRegistry forget,
            Claims claims,
            Reassignment reassignment) {
        this.consumption = consumption;
        this.registries = registries;
        this.freezes = freezes;
        this.forget = forget;
        this.claims = claims;
        this.reassignment = reassignment;
    }

    @Incoming("config")
    Uni<Void> consume(ConsumerRecord<String, String> message) {
        return consumption.project(message, ConfigEvent.class, this::apply);
    }

    private Uni<Void> apply(Mutiny.Session session, Received<ConfigEvent> received) {
        return received.event().map(event -> put(session, event)).orElseGet(() -> remove(session, received.key()));
    }

    private Uni<Void> put(Mutiny.Session session, ConfigEvent event) {
        return switch (event) {
            case RegistryConfigured registry -> put(session, registry);
            case ProjectConfigured project ->
                reassign(
                        session,
                        claims.put(session, project.name(), ClaimedRepositories.byRegistry(project.repositories())));
            case FreezeConfigured freeze -> freezes.set(session, freeze.name(), freeze.reason());
            case ConfigEvent.ScanPolicyConfigured _,
                    ConfigEvent.ExemptionConfigured _,
                    ConfigEvent.ReplicationRuleConfigured _,
                    ConfigEvent.RetentionPolicyConfigured _,
                    ConfigEvent.Unrecognized _ -> Uni.createFrom().voidItem();
        };
    }

    private Uni<Void> put(Mutiny.Session session, RegistryConfigured registry) {
        return registries
                .put(session, registry)
                .chain(moved -> moved
                        ? reassignment.begin(session, new TreeSet<>(Set.of(registry.name())))
                        : Uni.createFrom().voidItem());
    }

    private Uni<Void> reassign(Mutiny.Session session, Uni<SortedSet<String>> changed) {
        return changed.chain(registries -> reassignment.begin(session, registries));
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
        if (key.equals(Kind.PROJECT.key(name))) {
            return reassign(session, claims.remove(session, name));
        }
        return key.equals(Kind.FREEZE.key(name))
                ? freezes.lift(session, name)
                : Uni.createFrom().voidItem();
    }
}
