package dev.longshore.gateway.session.postgres;

import dev.longshore.gateway.access.domain.Grants;
import dev.longshore.gateway.access.domain.Role;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Someone who may sign in.
 *
 * @param passwordHash absent for who signs in elsewhere
 * @param role what they are in the whole installation, if anything; what they are in projects is said by those
 * @param groups as their provider named them when they last signed in
 */
public record Account(
        String username,
        @Nullable String passwordHash,
        @Nullable String role,
        boolean isDisabled,
        Set<String> groups) {

    public Account {
        groups = Set.copyOf(groups);
    }

    public Account(String username, String passwordHash, String role) {
        this(username, passwordHash, role, false, Set.of());
    }

    public Grants grants() {
        return grants(role);
    }

    boolean hasPassword() {
        return passwordHash != null;
    }

    /** Whether a password can be what proves who they are. */
    public boolean canSignIn() {
        return !isDisabled && hasPassword();
    }

    public Optional<String> hash() {
        return Optional.ofNullable(passwordHash);
    }

    static Grants grants(@Nullable String role) {
        return Optional.ofNullable(role).flatMap(Role::of).map(Grants::whole).orElse(Grants.NONE);
    }
}
