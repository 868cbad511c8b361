package dev.longshore.retention.domain;

import dev.longshore.oci.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * What besides policy and inventory decides.
 *
 * @param eventDelay at most so late is a push known at this registry: what is younger may be part of one still going on
 * @param inUse what clusters say that they run, in any registry
 */
public record Circumstances(Instant now, Duration eventDelay, Set<Digest> inUse, RegistryDeletes deletes) {

    public Circumstances {
        inUse = Set.copyOf(inUse);
    }
}
