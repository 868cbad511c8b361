package dev.longshore.oci.client.http;

import io.smallrye.mutiny.Uni;

/**
 * Asked immediately before each request that changes the registry (POST, PUT, PATCH, DELETE). A failure stops the
 * request and reaches the caller as it is: a freeze, or a lease that has run out.
 */
@FunctionalInterface
public interface ChangeGuard {

    Uni<Void> check();

    static ChangeGuard open() {
        return () -> Uni.createFrom().voidItem();
    }

    /** This one first, then the other. */
    default ChangeGuard and(ChangeGuard other) {
        return () -> check().chain(other::check);
    }
}
