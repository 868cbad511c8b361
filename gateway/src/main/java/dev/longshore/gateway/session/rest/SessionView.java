package dev.longshore.gateway.session.rest;

import dev.longshore.gateway.session.postgres.OpenSession;
import java.time.Instant;

/** A session as lists show it. Its token cannot be told from it. */
public record SessionView(
        String id, String user, String address, String proof, Instant openedAt, Instant expiresAt, boolean isCurrent) {

    static SessionView of(OpenSession session, String current) {
        return new SessionView(
                session.id(),
                session.user(),
                session.address(),
                session.proof(),
                session.openedAt(),
                session.expiresAt(),
                session.id().equals(current));
    }
}
