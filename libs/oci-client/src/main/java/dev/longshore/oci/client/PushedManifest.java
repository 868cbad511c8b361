package dev.longshore.oci.client;

import dev.longshore.oci.Digest;

/**
 * A manifest is in the registry.
 *
 * @param subjectAcknowledged whether the registry answered {@code OCI-Subject}: if it did not, whoever pushed a referrer
 *     keeps the fallback tag by {@link RegistryClient#addReferrerToFallback}
 */
public record PushedManifest(Digest digest, boolean subjectAcknowledged) {}
