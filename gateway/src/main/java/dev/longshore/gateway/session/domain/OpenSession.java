package dev.longshore.gateway.session.domain;

import java.time.Instant;

/**
 * Someone who is signed in.
 *
 * @param id public name of the session, for the audit trail; the token cannot be told from it
 */
public record OpenSession(String id, String username, String role, String project, Instant expiresAt) {

    /** Attribute of the security identity under which the session is found. */
    public static final String ATTRIBUTE = "longshore.session";
}
