package dev.longshore.retention.registry;

import dev.longshore.events.ConfigEvent.RegistryConfigured;
import dev.longshore.oci.client.http.RegistryException.Unavailable;
import dev.longshore.registries.Vendor;
import dev.longshore.registries.deletion.Deletability;
import dev.longshore.registries.deletion.Deletability.Answer;
import dev.longshore.registries.deletion.RegistryDeletes;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Whether a registry deletes, asked in a way that changes nothing. */
@ApplicationScoped
public class DeleteSupport {

    private final RegistryClients clients;

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

    /** What planning goes by: a registry that does not answer now is planned for all the same. */
    public Uni<dev.longshore.retention.domain.RegistryDeletes> known(RegistryConfigured registry, String repository) {
        return ofManifests(registry, repository)
                .chain(manifests -> ofTags(registry, repository)
                        .map(tags -> new dev.longshore.retention.domain.RegistryDeletes(
                                !manifests.isRefused(), tags.answer() == Answer.YES)))
                .onFailure(Unavailable.class)
                .recoverWithItem(dev.longshore.retention.domain.RegistryDeletes.MANIFESTS_ONLY);
    }

    private Uni<Deletability> ofTags(RegistryConfigured registry, String repository) {
        return deletes(registry)
                .chain(deletes -> deletes.tags()
                        .map(found -> found.probeTags(repository))
                        .orElseGet(() -> Uni.createFrom().item(nothingKnown(registry))));
    }

    private Uni<RegistryDeletes> deletes(RegistryConfigured registry) {
        return clients.client(registry).map(client -> RegistryDeletes.of(Vendor.parse(registry.vendor()), client));
    }

    private static Deletability nothingKnown(RegistryConfigured registry) {
        return new Deletability(
                Answer.NO,
                "Longshore cannot delete this at a registry of the vendor '%s'".formatted(registry.vendor()));
    }
}
