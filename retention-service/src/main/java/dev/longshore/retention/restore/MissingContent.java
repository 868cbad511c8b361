package dev.longshore.retention.restore;

import dev.longshore.oci.Descriptor;
import dev.longshore.oci.Digest;
import dev.longshore.oci.client.RegistryClient;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Looks whether the registry still has what the manifests name. */
@ApplicationScoped
class MissingContent {

    /** The first blob that is gone; empty if all are there. */
    Uni<Optional<Digest>> first(RegistryClient client, RestoreRows.Found found) {
        return Multi.createFrom()
                .iterable(found.plan().blobs())
                .onItem()
                .transformToUniAndConcatenate(
                        blob -> isThere(client, found.wanted().repository(), blob)
                                .map(there -> there ? Optional.<Digest>empty() : Optional.of(blob.digest())))
                .filter(Optional::isPresent)
                .map(Optional::get)
                .collect()
                .first()
                .map(Optional::ofNullable);
    }

    private static Uni<Boolean> isThere(RegistryClient client, String repository, Descriptor blob) {
        return client.headBlob(repository, blob.digest()).map(Optional::isPresent);
    }
}
