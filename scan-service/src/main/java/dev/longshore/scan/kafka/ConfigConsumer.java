package dev.longshore.scan.kafka;

import dev.longshore.events.ClaimedRepositories;
import dev.longshore.events.ConfigEvent;
import dev.longshore.events.ConfigEvent.ExemptionConfigured;
import dev.longshore.events.ConfigEvent.FreezeConfigured;
import dev.longshore.events.ConfigEvent.ProjectConfigured;
import dev.longshore.events.ConfigEvent.RegistryConfigured;
import dev.longshore.events.ConfigEvent.ReplicationRuleConfigured;
import dev.longshore.events.ConfigEvent.RetentionPolicyConfigured;
import dev.longshore.events.ConfigEvent.ScanPolicyConfigured;
import dev.longshore.events.ConfigEvent.Unrecognized;
import dev.longshore.kit.event.Received;
import dev.longshore.kit.inbox.Consumption;
import dev.longshore.kit.project.Claims;
import dev.longshore.scan.postgres.Configuration;
import dev.longshore.scan.postgres.Configuration.Kind;
import dev.longshore.scan.registry.Registries;
import dev.longshore.scan.task.Requests;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.hibernate.reactive.mutiny.Mutiny;

/** Copies registries, policies and exemptions. A policy or an exemption that changed lets all be decided upon anew. */
@ApplicationScoped
class ConfigConsumer {

    private final Consumption consumption;
    private final Configuration configuration;
    private final Requests requests;
    private final Registries registries;
    private final Claims claims;

    ConfigConsumer(
            Consumption consumption,
            Configuration configuration,
            Requests requests,
            Registries registries,
            Claims claims) {
        this.consumption = consumption;
        this.configuration = configuration;
        this.requests = requests;
        this.registries = registries;
        this.claims = claims;
    }

    @Incoming("config")
    Uni<Void> consume(ConsumerRecord<String, String> message) {
        return consumption.project(message, ConfigEvent.class, this::store);
    }

    private Uni<Void> store(Mutiny.Session session, Received<ConfigEvent> received) {
        return received.event().map(event -> put(session, event)).orElseGet(() -> remove(session, received.key()));
    }

    private Uni<Void> put(Mutiny.Session session, ConfigEvent event) {
        return switch (event) {
            case RegistryConfigured registry ->
                configuration
                        .put(session, Kind.REGISTRY, registry.name(), registry)
                        .replaceWithVoid();
            case ScanPolicyConfigured policy ->
                configuration
                        .put(session, Kind.SCAN_POLICY, policy.name(), policy)
                        .chain(changed -> redecide(session, changed));
            case ExemptionConfigured exemption ->
                configuration
                        .put(session, Kind.EXEMPTION, exemption.name(), exemption)
                        .chain(changed -> redecide(session, changed));
            // The inventory tells of what is another project's now.
            case ProjectConfigured project ->
                claims.put(session, project.name(), ClaimedRepositories.byRegistry(project.repositories()))
                        .replaceWithVoid();
            // Scans change nothing at registries, so no freeze is for them.
            case FreezeConfigured _, ReplicationRuleConfigured _, RetentionPolicyConfigured _, Unrecognized _ ->
                Uni.createFrom().voidItem();
        };
    }

    /** The key is {@code kind/name}. */
    private Uni<Void> remove(Mutiny.Session session, String key) {
        var slash = key.indexOf('/');
        var kind = slash < 0 ? "" : key.substring(0, slash);
        var name = key.substring(slash + 1);
        return switch (kind) {
            case "registry" ->
                configuration
                        .remove(session, Kind.REGISTRY, name)
                        .invoke(() -> registries.remove(name))
                        .replaceWithVoid();
            case "scan-policy" ->
                configuration.remove(session, Kind.SCAN_POLICY, name).chain(removed -> redecide(session, removed));
            case "exemption" ->
                configuration.remove(session, Kind.EXEMPTION, name).chain(removed -> redecide(session, removed));
            case "project" -> claims.remove(session, name).replaceWithVoid();
            default -> Uni.createFrom().voidItem();
        };
    }

    private Uni<Void> redecide(Mutiny.Session session, boolean changed) {
        return changed ? requests.redecide(session, "") : Uni.createFrom().voidItem();
    }
}
