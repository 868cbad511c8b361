package dev.longshore.gateway.identity.account.domain;

import dev.longshore.gateway.access.domain.Grants;
import dev.longshore.gateway.access.domain.Role;
import dev.longshore.gateway.identity.domain.RolesByProject;
import java.util.List;

/**
 * How far a token reaches, within what its account may do. A list that is empty bounds nothing.
 *
 * @param paths globs of paths of the API
 */
public record Scope(List<String> projects, List<String> roles, List<String> paths) {

    public Scope {
        projects = List.copyOf(projects);
        roles = List.copyOf(roles);
        paths = List.copyOf(paths);
    }

    public Grants bound(Grants ofAccount) {
        return ofAccount.within(
                projects.isEmpty() ? List.of(Grants.WHOLE) : projects,
                roles.isEmpty()
                        ? List.of(Role.values())
                        : roles.stream().map(RolesByProject::role).toList());
    }
}
