package dev.longshore.retention.kafka;

import dev.longshore.events.ClaimedRepositories;
import dev.longshore.events.ConfigEvent;
import dev.longshore.events.ConfigEvent.ExemptionConfigured;
import dev.longshore.events.ConfigEvent.FreezeConfigured;
import dev.longshore.events.ConfigEvent.Kind;
import dev.longshore.events.ConfigEvent.ProjectConfigured;
import dev.longshore.events.ConfigEvent.RegistryConfigured;
import dev.longshore.events.ConfigEvent.ReplicationRuleConfigured;
import dev.longshore.events.ConfigEvent.RetentionPolicyConfigured;
import dev.longshore.events.ConfigEvent.ScanPolicyConfigured;
import dev.longshore.events.ConfigEvent.Unrecognized;
import dev.longshore.kit.change.Freezes;
import dev.longshore.kit.event.Received;
import dev.longshore.kit.project.Claims;
import dev.longshore.registries.RegistryClients;
import dev.longshore.retention.postgres.Policies;
import dev.longshore.retention.postgres.Registries;
import dev.longshore.retention.schedule.PolicySchedules;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** What a change of the configuration means here. */
@ApplicationScoped
class ConfigEffects {

    private final Registries registries;
    private final Policies policies;
    private final PolicySchedules schedules;
    private final Freezes freezes;
    private final RegistryClients clients;
    private final Claims claims;

    ConfigEffects(
            Registries registries,
            Policies policies,
            PolicySchedules schedules,
            Freezes freezes,
            RegistryClients clients,
            Claims claims) {
        this.registries = registries;
        this.policies = policies;
        this.schedules = schedules;
        this.freezes = freezes;
        this.clients = clients;
        this.claims = claims;
    }

    Uni<Void> apply(Mutiny.Session session, Received<ConfigEvent> received) {
        return received.event()
                .map(event -> configured(session, event))
                .orElseGet(() -> removed(session, received.key()));
    }

    private Uni<Void> configured(Mutiny.Session session, ConfigEvent event) {
        return switch (event) {
            case RegistryConfigured registry -> registries.put(session, registry);
            case RetentionPolicyConfigured policy ->
                policies.put(session, policy).chain(() -> schedules.configured(session, policy));
            case FreezeConfigured freeze -> freezes.set(session, freeze.name(), freeze.reason());
            case ProjectConfigured project ->
                claims.put(session, project.name(), ClaimedRepositories.byRegistry(project.repositories()))
                        .replaceWithVoid();
            case ReplicationRuleConfigured _, ScanPolicyConfigured _, ExemptionConfigured _, Unrecognized _ ->
                Uni.createFrom().voidItem();
        };
    }

    private Uni<Void> removed(Mutiny.Session session, String key) {
        var name = key.substring(key.indexOf('/') + 1);
        if (key.equals(Kind.REGISTRY.key(name))) {
            return registries.remove(session, name).invoke(() -> clients.remove(name));
        }
        if (key.equals(Kind.RETENTION_POLICY.key(name))) {
            return policies.remove(session, name).chain(() -> schedules.removed(session, name));
        }
        if (key.equals(Kind.PROJECT.key(name))) {
            return claims.remove(session, name).replaceWithVoid();
        }
        return key.equals(Kind.FREEZE.key(name))
                ? freezes.lift(session, name)
                : Uni.createFrom().voidItem();
    }
}
