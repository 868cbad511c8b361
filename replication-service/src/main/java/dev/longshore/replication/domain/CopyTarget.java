package dev.longshore.replication.domain;

import dev.longshore.oci.ImageReference;

/** Under which tag an image is to be at the target. */
public record CopyTarget(String registry, String repository, String tag) {

    public ImageReference reference() {
        return ImageReference.tagged(registry, repository, tag);
    }
}
