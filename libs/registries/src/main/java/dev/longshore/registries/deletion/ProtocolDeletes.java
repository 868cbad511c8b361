package dev.longshore.registries.deletion;

import dev.longshore.oci.Digest;
import dev.longshore.oci.Reference;
import dev.longshore.oci.client.RegistryClient;
import dev.longshore.oci.client.http.RegistryException.Rejected;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Deletes as the distribution protocol says. Whether a registry does is asked by deleting what nobody has: Distribution
 * answers 405 {@code UNSUPPORTED} where deletes are switched off and 404 where they are not, before it looks at anything.
 */
final class ProtocolDeletes implements ManifestDeletes, TagDeletes {

    private final RegistryClient client;

    ProtocolDeletes(RegistryClient client) {
        this.client = client;
    }

    @Override
    public Uni<Deletability> probeManifests(String repository) {
        var nothing = Digest.of(UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8));
        return answered(client.deleteManifest(new Reference.Pinned(repository, nothing)));
    }

    @Override
    public Uni<Deletability> probeTags(String repository) {
        var nothing = "longshore-asks-" + UUID.randomUUID();
        return answered(client.deleteTag(new Reference.Tagged(repository, nothing)));
    }

    @Override
    public Uni<Deletion> deleteManifest(Reference.Pinned manifest) {
        return client.deleteManifest(manifest).chain(existed -> readBack(manifest, existed));
    }

    @Override
    public Uni<Deletion> deleteTag(Reference.Tagged tag) {
        return client.deleteTag(tag).chain(existed -> readBack(tag, existed));
    }

    private Uni<Deletion> readBack(Reference reference, boolean existed) {
        var whenGone = existed ? Deletion.DELETED : Deletion.WAS_GONE;
        return client.headManifest(reference).map(found -> found.isPresent() ? Deletion.STILL_THERE : whenGone);
    }

    private static Uni<Deletability> answered(Uni<Boolean> probe) {
        return probe.map(existed -> existed
                        ? Deletability.unknown("The registry claims to have deleted what nobody has")
                        : Deletability.yes())
                .onFailure(Rejected.class)
                .recoverWithItem(ProtocolDeletes::refused);
    }

    private static Deletability refused(Rejected failure) {
        var reason = String.valueOf(failure.getMessage());
        return failure.isUnsupported() || failure.isUnauthorized() || failure.isDenied()
                ? Deletability.no(reason)
                : Deletability.unknown(reason);
    }
}
