package dev.longshore.gateway.access.domain;

import static dev.longshore.gateway.access.domain.Role.ADMINISTRATOR;
import static dev.longshore.gateway.access.domain.Role.DEVELOPER;
import static dev.longshore.gateway.access.domain.Role.OPERATOR;
import static dev.longshore.gateway.access.domain.Role.SECURITY;
import static dev.longshore.gateway.access.domain.Role.VIEWER;

import java.util.Set;

/** What an operation asks of whoever calls it. */
public enum Permission {
    /** Nothing: whoever reaches the door may. */
    PUBLIC(),
    /** To be signed in, with whichever roles: it is about oneself. */
    SELF(VIEWER, DEVELOPER, OPERATOR, SECURITY, ADMINISTRATOR),
    VIEW(VIEWER, DEVELOPER, OPERATOR, SECURITY, ADMINISTRATOR),
    DEVELOP(DEVELOPER, OPERATOR, ADMINISTRATOR),
    OPERATE(OPERATOR, ADMINISTRATOR),
    SECURE(SECURITY, ADMINISTRATOR),
    /** Rules of either kind: to freeze, to read the trail. */
    GUARD(OPERATOR, SECURITY, ADMINISTRATOR),
    ADMINISTER(ADMINISTRATOR);

    private final Set<Role> roles;

    Permission(Role... roles) {
        this.roles = Set.of(roles);
    }

    public Set<Role> roles() {
        return roles;
    }
}
