package dev.longshore.gateway.access;

import dev.longshore.gateway.access.domain.Permission;
import dev.longshore.gateway.access.domain.Role;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Roles in a sentence. */
final class RoleNames {

    private RoleNames() {}

    static String of(Permission permission) {
        return Stream.of(Role.values())
                .filter(permission.roles()::contains)
                .map(Role::toString)
                .collect(Collectors.joining(" or "));
    }
}
