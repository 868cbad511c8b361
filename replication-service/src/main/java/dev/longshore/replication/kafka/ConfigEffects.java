package dev.longshore.replication.kafka;

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
import dev.longshore.replication.domain.ReplicationRule;
import dev.longshore.replication.plan.RequestCopies;
import dev.longshore.replication.postgres.PlanningLocks;
import dev.longshore.replication.postgres.Registries;
import dev.longshore.replication.postgres.Rules;
import dev.longshore.replication.schedule.RuleSchedules;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.SortedSet;
import org.hibernate.reactive.mutiny.Mutiny;

/** What a change of the configuration means here. */
@ApplicationScoped
class ConfigEffects {

    private final PlanningLocks locks;
    private final Registries registries;
    private final Rules rules;
    private final RuleSchedules schedules;
    private final Freezes freezes;
    private final RequestCopies requestCopies;
    private final RegistryClients clients;
    private final Claims claims;

    ConfigEffects(
            PlanningLocks locks,
            Registries registries,
            Rules rules,
            RuleSchedules schedules,
            Freezes freezes,
            RequestCopies requestCopies,
            RegistryClients clients,
            Claims claims) {
        this.locks = locks;
        this.registries = registries;
        this.rules = rules;
        this.schedules = schedules;
        this.freezes = freezes;
        this.requestCopies = requestCopies;
        this.clients = clients;
        this.claims = claims;
    }

    Uni<Void> apply(Mutiny.Session session, Received<ConfigEvent> received) {
        return locks.forAll(session)
                .chain(() -> received.event()
                        .map(event -> configured(session, event))
                        .orElseGet(() -> removed(session, received.key())));
    }

    private Uni<Void> configured(Mutiny.Session session, ConfigEvent event) {
        return switch (event) {
            case RegistryConfigured registry ->
                registries
                        .put(session, registry)
                        .chain(() -> rules.touching(session, registry.name()))
                        .chain(touched -> requestCopies.afterChange(session, touched));
            case ProjectConfigured project ->
                claimed(
                        session,
                        claims.put(session, project.name(), ClaimedRepositories.byRegistry(project.repositories())));
            case ReplicationRuleConfigured configured -> configured(session, configured);
            case FreezeConfigured freeze -> freezes.set(session, freeze.name(), freeze.reason());
            case ScanPolicyConfigured _, ExemptionConfigured _, RetentionPolicyConfigured _, Unrecognized _ ->
                Uni.createFrom().voidItem();
        };
    }

    /** What the rules reach is other than before. */
    private Uni<Void> claimed(Mutiny.Session session, Uni<SortedSet<String>> changed) {
        return changed.chain(registries -> Multi.createFrom()
                .iterable(registries)
                .onItem()
                .transformToUniAndConcatenate(registry ->
                        rules.touching(session, registry).chain(touched -> requestCopies.afterChange(session, touched)))
                .collect()
                .last()
                .replaceWithVoid());
    }

    private Uni<Void> configured(Mutiny.Session session, ReplicationRuleConfigured configured) {
        var rule = ReplicationRule.from(configured);
        return rules.put(session, configured)
                .chain(() -> schedules.configured(session, rule))
                .chain(() -> requestCopies.afterChange(session, List.of(rule)));
    }

    private Uni<Void> removed(Mutiny.Session session, String key) {
        var slash = key.indexOf('/');
        var name = key.substring(slash + 1);
        if (key.equals(Kind.REGISTRY.key(name))) {
            return registries.remove(session, name).invoke(() -> clients.remove(name));
        }
        if (key.equals(Kind.REPLICATION_RULE.key(name))) {
            return rules.remove(session, name).chain(() -> schedules.removed(session, name));
        }
        if (key.equals(Kind.PROJECT.key(name))) {
            return claimed(session, claims.remove(session, name));
        }
        return key.equals(Kind.FREEZE.key(name))
                ? freezes.lift(session, name)
                        .chain(() -> rules.all(session))
                        .chain(all -> requestCopies.afterThaw(session, all))
                : Uni.createFrom().voidItem();
    }
}
