package dev.longshore.retention.registry;

import dev.longshore.events.ConfigEvent.RegistryConfigured;
import dev.longshore.oci.client.http.RegistryException;
import dev.longshore.registries.RegistryClients;
import dev.longshore.registries.Vendor;
import dev.longshore.registries.deletion.Deletability;
import dev.longshore.registries.deletion.Deletability.Answer;
import dev.longshore.retention.domain.RegistryDeletes;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Whether a registry deletes, asked in a way that changes nothing. */
@ApplicationScoped
public class DeleteSupport {

    private static final Duration FRESH = Duration.ofMinutes(1);

    private final RegistryClients clients;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    private record Known(long version, long askedAt, RegistryDeletes deletes) {

        boolean isFresh() {
            return System.nanoTime() - askedAt < FRESH.toNanos();
        }
    }

    DeleteSupport(RegistryClients clients) {
        this.clients = clients;
    }

    /** Fails if the registry does not answer. */
    public Uni<Deletability> ofManifests(RegistryConfigured registry, String repository) {
        return deletes(registry)
                .chain(deletes -> deletes.manifests()
                        .map(found -> found.probeManifests(repository))
                        .orElseGet(() -> Uni.createFrom().item(nothingKnown(registry))));
    }

    /**
     * What planning goes by: one answer for all repositories of a registry, asked anew every minute. A registry that does
     * not answer now is planned for all the same.
     */
    public Uni<RegistryDeletes> known(RegistryConfigured registry, String repository) {
        var before = known.get(registry.name());
        return before != null && before.version() == registry.version() && before.isFresh()
                ? Uni.createFrom().item(before.deletes())
                : ask(registry, repository)
                        .invoke(deletes ->
                                known.put(registry.name(), new Known(registry.version(), System.nanoTime(), deletes)));
    }

    private Uni<RegistryDeletes> ask(RegistryConfigured registry, String repository) {
        return ofManifests(registry, repository)
                .chain(manifests -> ofTags(registry, repository)
                        .map(tags -> new RegistryDeletes(!manifests.isRefused(), tags.answer() == Answer.YES)))
                .onFailure(RegistryException.class)
                .recoverWithItem(RegistryDeletes.MANIFESTS_ONLY);
    }

    private Uni<Deletability> ofTags(RegistryConfigured registry, String repository) {
        return deletes(registry)
                .chain(deletes -> deletes.tags()
                        .map(found -> found.probeTags(repository))
                        .orElseGet(() -> Uni.createFrom().item(nothingKnown(registry))));
    }

    private Uni<dev.longshore.registries.deletion.RegistryDeletes> deletes(RegistryConfigured registry) {
        return clients.client(registry)
                .map(client ->
                        dev.longshore.registries.deletion.RegistryDeletes.of(Vendor.parse(registry.vendor()), client));
    }

    private static Deletability nothingKnown(RegistryConfigured registry) {
        return new Deletability(
                Answer.NO,
                "Longshore cannot delete this at a registry of the vendor '%s'".formatted(registry.vendor()));
    }
}
