package dev.longshore.replication.copy;

import dev.longshore.oci.Digest;
import java.util.Set;

/**
 * The target has the image, read back and compared.
 *
 * @param manifests how many: index, children, referrers
 * @param referrers of the image, its children and of referrers
 * @param bytes that went over the wire; what was there or mounted is not counted
 * @param changed whether anything had to be put
 */
public record CopyResult(Digest digest, int manifests, Set<Digest> referrers, long bytes, boolean changed) {

    public CopyResult {
        referrers = Set.copyOf(referrers);
    }
}
