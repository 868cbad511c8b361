package dev.longshore.replication.copy;

import dev.longshore.oci.Digest;

/** The source names content that it does not have: no copy of it can be whole. */
public final class IncompleteSourceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Digest digest;

    IncompleteSourceException(String what, String repository, Digest digest) {
        super("Could not copy the image: the source has no %s %s@%s".formatted(what, repository, digest));
        this.digest = digest;
    }

    /** What is missing. */
    public Digest digest() {
        return digest;
    }
}
