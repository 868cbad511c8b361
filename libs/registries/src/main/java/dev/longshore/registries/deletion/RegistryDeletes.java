package dev.longshore.registries.deletion;

import dev.longshore.oci.client.RegistryClient;
import dev.longshore.registries.Vendor;
import java.util.Optional;

/**
 * What can be deleted at a registry by what is built for its vendor.
 *
 * @param manifests empty where the vendor deletes no manifest by the distribution protocol
 * @param tags empty where a tag cannot be deleted without its manifest
 */
public record RegistryDeletes(Optional<ManifestDeletes> manifests, Optional<TagDeletes> tags) {

    /** The client should be guarded by the task's lease and by freezes: each delete asks them first. */
    public static RegistryDeletes of(Vendor vendor, RegistryClient client) {
        var protocol = new ProtocolDeletes(client);
        return switch (vendor) {
            case DISTRIBUTION, ZOT, GITLAB, GAR, GCR, QUAY ->
                new RegistryDeletes(Optional.of(protocol), Optional.of(protocol));
            // A tag alone goes only by these vendors' own interfaces.
            case HARBOR, ACR, NEXUS, ARTIFACTORY, DOCKER_HUB ->
                new RegistryDeletes(Optional.of(protocol), Optional.empty());
            case ECR, GHCR -> new RegistryDeletes(Optional.empty(), Optional.empty());
        };
    }
}
