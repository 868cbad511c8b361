package dev.longshore.gateway.access.domain;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What someone is in a project, or in the whole installation. */
public enum Role {
    /** Sees. */
    VIEWER,
    /** Has images scanned, pushes, asks for what others approve. */
    DEVELOPER,
    /** Makes rules and retention policies, and lets them run. */
    OPERATOR,
    /** Makes scan policies, exempts findings, approves. */
    SECURITY,
    /** Everything. */
    ADMINISTRATOR;

    /** By its name in the API, in lower case. */
    public static Optional<Role> of(String name) {
        return Arrays.stream(values())
                .filter(role -> role.toString().equals(name))
                .findFirst();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
