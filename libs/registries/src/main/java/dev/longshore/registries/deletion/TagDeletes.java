package dev.longshore.registries.deletion;

import dev.longshore.oci.Reference;
import io.smallrye.mutiny.Uni;

/** Deletes a tag and leaves the manifest that it names. */
public interface TagDeletes {

    /** Asks the registry in a way that changes nothing. */
    Uni<Deletability> probeTags(String repository);

    /** Deletes, and reads back: an accepted delete that does nothing is found out. */
    Uni<Deletion> deleteTag(Reference.Tagged tag);
}
