package dev.longshore.gateway.identity.domain;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.longshore.gateway.access.domain.Grants;
import dev.longshore.gateway.access.domain.Role;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Grants as the API has them, {@code {"shop": ["developer"]}}, and as they are stored: a line for each role. */
public final class RolesByProject {

    private static final Pattern PROJECT = Pattern.compile("\\*|[a-z0-9][a-z0-9-]{0,62}");

    private RolesByProject() {}

    /** @param name as a document says it, which may say nothing */
    public static boolean isProject(@Nullable String name) {
        return name != null && PROJECT.matcher(name).matches();
    }

    /** @throws IllegalArgumentException naming what is wrong */
    public static Grants parse(Map<String, List<String>> roles) {
        if (roles.values().stream().anyMatch(Objects::isNull)) {
            throw new IllegalArgumentException("A project has no list of roles");
        }
        return new Grants(roles.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        entry -> project(entry.getKey()),
                        entry -> entry.getValue().stream()
                                .map(RolesByProject::role)
                                .collect(toUnmodifiableSet()))));
    }

    /** @throws IllegalArgumentException naming what is wrong */
    public static Role role(@Nullable String name) {
        var said = String.valueOf(name);
        return Role.of(said)
                .orElseThrow(() -> new IllegalArgumentException(
                        "'%s' is none of %s".formatted(said.length() > 64 ? "…" : said, List.of(Role.values()))));
    }

    public static Map<String, List<String>> show(Grants grants) {
        var shown = new TreeMap<String, List<String>>();
        grants.byProject()
                .forEach((project, roles) -> shown.put(
                        project, roles.stream().map(Role::toString).sorted().toList()));
        return shown;
    }

    public static String toLines(Grants grants) {
        return show(grants).entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().map(role -> entry.getKey() + " " + role))
                .collect(Collectors.joining("\n"));
    }

    public static Grants fromLines(String lines) {
        return parse(lines.lines()
                .map(line -> line.split(" ", 2))
                .collect(groupingBy(parts -> parts[0], mapping(parts -> parts[1], Collectors.toList()))));
    }

    private static String project(String name) {
        if (!isProject(name)) {
            throw new IllegalArgumentException(
                    "'%s' is no project: lower case letters, digits and hyphens, or * for the whole installation"
                            .formatted(name.length() > 64 ? "…" : name));
        }
        return name;
    }
}
