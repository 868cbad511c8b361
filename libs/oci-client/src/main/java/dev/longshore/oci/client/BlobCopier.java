package dev.longshore.oci.client;

import dev.longshore.oci.Descriptor;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** Takes blobs from a repository of one registry to a repository of another, or of the same. */
public final class BlobCopier {

    private final RegistryClient source;
    private final RegistryClient target;

    public BlobCopier(RegistryClient source, RegistryClient target) {
        this.source = source;
        this.target = target;
    }

    /** How the blob came to be at the target. */
    public enum Outcome {
        /** It was there. */
        PRESENT,
        /** The target took it from another of its repositories. */
        MOUNTED,
        /** Its bytes were sent. */
        COPIED
    }

    /**
     * Sees to it that the target has the blob. Its content passes through a few 256 KiB buffers, its digest checked on
     * the way.
     *
     * @param mountFrom a repository of the target that is believed to have the blob
     */
    public Uni<Outcome> copy(String fromRepository, String toRepository, Descriptor blob, Optional<String> mountFrom) {
        return target.blobs().copyFrom(source, fromRepository, toRepository, blob, mountFrom);
    }
}
