package dev.longshore.push.domain;

import dev.longshore.oci.Digest;
import dev.longshore.oci.Reference;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a registry answered about one reference.
 *
 * @param startedAt before the first request was sent
 * @param digest what the reference names; empty if nothing
 * @param manifests those that the inventory did not know: children before their index
 */
public record Reading(Reference reference, Instant startedAt, Optional<Digest> digest, List<ManifestFacts> manifests) {

    public Reading {
        manifests = List.copyOf(manifests);
    }
}
