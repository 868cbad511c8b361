package dev.longshore.gateway.access.domain;

import static dev.longshore.gateway.access.domain.Grants.WHOLE;

import java.util.Optional;
import java.util.Set;

/**
 * What the table and someone's roles come to for one operation.
 *
 * @param visible projects whose things exist for them; {@link Grants#WHOLE} alone for all
 * @param permitted projects in which they may do this; {@link Grants#WHOLE} alone for all
 */
public record Access(Operation operation, Set<String> visible, Set<String> permitted) {

    public static Access to(Operation operation, Grants grants) {
        return new Access(
                operation,
                grants.projectsWith(Permission.VIEW.roles()),
                grants.projectsWith(operation.permission().roles()));
    }

    /** Whether the operation may be tried at all. In which project is for the resource's owner to check. */
    public boolean isPossible() {
        return switch (operation.permission()) {
            case PUBLIC, SELF -> true;
            default -> operation.isOfInstallation() ? permitted.contains(WHOLE) : !permitted.isEmpty();
        };
    }

    public boolean sees(String project) {
        return contains(visible, project);
    }

    public boolean allows(String project) {
        return contains(permitted, project);
    }

    /** The projects that a list of what is seen is confined to; empty if it is not. */
    public Optional<Set<String>> filter() {
        return visible.contains(WHOLE) ? Optional.empty() : Optional.of(visible);
    }

    private static boolean contains(Set<String> projects, String project) {
        return projects.contains(WHOLE) || projects.contains(project);
    }
}
