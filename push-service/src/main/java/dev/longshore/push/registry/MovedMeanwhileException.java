package dev.longshore.push.registry;

import dev.longshore.oci.Digest;

/** A tag named a manifest that was gone a moment later. Reading again will tell what it names now. */
public final class MovedMeanwhileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MovedMeanwhileException(Digest digest) {
        super("The registry named %s and then did not have it".formatted(digest));
    }
}
