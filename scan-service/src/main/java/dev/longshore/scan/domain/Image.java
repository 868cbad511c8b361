package dev.longshore.scan.domain;

import dev.longshore.oci.Digest;
import dev.longshore.oci.ImageReference;

/** What a decision is about: one digest in one repository of one registry. */
public record Image(String registry, String repository, Digest digest) implements Comparable<Image> {

    /** From {@code registry/repository@digest}. */
    public static Image parse(String key) {
        var reference = ImageReference.parse(key);
        return new Image(
                reference.registry(),
                reference.repository(),
                reference.digest().orElseThrow(() -> new IllegalArgumentException(key + " has no digest")));
    }

    public String path() {
        return registry + "/" + repository;
    }

    /** {@code registry/repository@digest}, the key of decisions. */
    public String key() {
        return path() + "@" + digest;
    }

    @Override
    public int compareTo(Image other) {
        return key().compareTo(other.key());
    }

    @Override
    public String toString() {
        return key();
    }
}
