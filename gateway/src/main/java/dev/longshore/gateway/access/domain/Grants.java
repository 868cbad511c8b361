package dev.longshore.gateway.access.domain;

import static java.util.stream.Collectors.toUnmodifiableMap;
import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The roles that someone has.
 *
 * @param byProject roles by the name of a project, or by {@link #WHOLE}
 */
public record Grants(Map<String, Set<Role>> byProject) {

    /** Stands for the whole installation: every project, those to come, and what belongs to none. */
    public static final String WHOLE = "*";

    public static final Grants NONE = new Grants(Map.of());

    public Grants {
        byProject = byProject.entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .collect(toUnmodifiableMap(Map.Entry::getKey, entry -> Set.copyOf(entry.getValue())));
    }

    public static Grants of(String project, Role role) {
        return new Grants(Map.of(project, Set.of(role)));
    }

    public static Grants whole(Role role) {
        return of(WHOLE, role);
    }

    public Grants and(Grants others) {
        var all = new HashMap<String, Set<Role>>(byProject);
        others.byProject.forEach((project, roles) -> all.merge(project, roles, Grants::union));
        return new Grants(all);
    }

    /**
     * As much of this as lies within a bound, as for a token that may do less than its account.
     *
     * @param projects names of projects; {@link #WHOLE} among them takes nothing away
     * @param roles what is kept of each project's roles; administrators keep whichever is named here
     */
    public Grants within(Collection<String> projects, Collection<Role> roles) {
        var bounded = new HashMap<String, Set<Role>>();
        byProject.forEach((project, had) -> {
            var kept = had.contains(Role.ADMINISTRATOR)
                    ? Set.copyOf(roles)
                    : had.stream().filter(roles::contains).collect(toUnmodifiableSet());
            if (projects.contains(WHOLE) || projects.contains(project)) {
                bounded.merge(project, kept, Grants::union);
            } else if (project.equals(WHOLE)) {
                projects.forEach(named -> bounded.merge(named, kept, Grants::union));
            }
        });
        return new Grants(bounded);
    }

    /** The projects in which one of these roles is held; {@link #WHOLE} alone if it is held everywhere. */
    public Set<String> projectsWith(Set<Role> wanted) {
        var found = byProject.entrySet().stream()
                .filter(entry -> entry.getValue().stream().anyMatch(wanted::contains))
                .map(Map.Entry::getKey)
                .collect(toUnmodifiableSet());
        return found.contains(WHOLE) ? Set.of(WHOLE) : found;
    }

    private static Set<Role> union(Set<Role> some, Set<Role> others) {
        var all = new HashSet<>(some);
        all.addAll(others);
        return all;
    }
}
