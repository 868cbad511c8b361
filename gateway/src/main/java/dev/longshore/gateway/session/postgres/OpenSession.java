package dev.longshore.gateway.session.postgres;

import java.time.Instant;

/**
 * A session as lists show it.
 *
 * @param proof how its owner signed in: {@code password}, {@code oidc}, {@code device}
 */
public record OpenSession(String id, String user, String address, String proof, Instant openedAt, Instant expiresAt) {}
