package dev.longshore.registries.deletion;

import dev.longshore.oci.Reference;
import io.smallrye.mutiny.Uni;

/** Deletes manifests by digest, with the tags that name them. */
public interface ManifestDeletes {

    /** Asks the registry in a way that changes nothing. */
    Uni<Deletability> probeManifests(String repository);

    /** Deletes, and reads back: an accepted delete that does nothing is found out. */
    Uni<Deletion> deleteManifest(Reference.Pinned manifest);
}
