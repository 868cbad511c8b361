package dev.longshore.replication.domain;

import dev.longshore.oci.Digest;
import dev.longshore.oci.ImageReference;
import java.time.Instant;

/** A tag as the inventory knows it. */
public record SourceTag(String registry, String repository, String tag, Digest digest, Instant pushedAt) {

    public ImageReference reference() {
        return ImageReference.tagged(registry, repository, tag);
    }
}
