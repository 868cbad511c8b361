package dev.longshore.oci.client;

import dev.longshore.oci.Descriptor;
import dev.longshore.oci.Digest;
import dev.longshore.oci.Manifest;
import java.util.Arrays;

/** A manifest as the registry holds it: the very bytes, whose digest has been checked. */
public record FetchedManifest(String mediaType, Digest digest, byte[] content) {

    /** The document that the bytes hold; fails with {@link dev.longshore.oci.InvalidManifestException} if none. */
    public Manifest manifest() {
        return ManifestParser.parse(mediaType, content);
    }

    public Descriptor descriptor() {
        return Descriptor.of(mediaType, digest, content.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FetchedManifest that
                && mediaType.equals(that.mediaType)
                && digest.equals(that.digest)
                && Arrays.equals(content, that.content);
    }

    @Override
    public int hashCode() {
        return digest.hashCode();
    }

    @Override
    public String toString() {
        return "FetchedManifest[%s, %s, %d bytes]".formatted(mediaType, digest, content.length);
    }
}
