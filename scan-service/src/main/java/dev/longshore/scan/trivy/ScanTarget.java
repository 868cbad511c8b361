package dev.longshore.scan.trivy;

import dev.longshore.oci.Digest;

/**
 * Where Trivy finds the image: at the pass-through on loopback.
 *
 * @param address host and port of the pass-through
 * @param registryAddress host and port of the registry behind it, which the SBOM names in its place
 */
public record ScanTarget(
        String address, String registryAddress, String username, String password, String repository, Digest digest) {

    String reference() {
        return "%s/%s@%s".formatted(address, repository, digest);
    }

    @Override
    public String toString() {
        return reference();
    }
}
