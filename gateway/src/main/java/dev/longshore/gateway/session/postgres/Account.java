package dev.longshore.gateway.session.postgres;

import dev.longshore.gateway.access.domain.Grants;
import dev.longshore.gateway.access.domain.Role;

/** Someone who may sign in. */
public record Account(String username, String passwordHash, String role) {

    /** What it is in the whole installation; what it is in projects is said by those. */
    public Grants grants() {
        return Role.of(role).map(Grants::whole).orElse(Grants.NONE);
    }
}
