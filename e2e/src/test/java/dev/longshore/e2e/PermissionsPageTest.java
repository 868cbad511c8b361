package dev.longshore.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longshore.gateway.access.domain.Operation;
import dev.longshore.gateway.access.domain.Permission;
import dev.longshore.gateway.access.domain.PermissionTable;
import dev.longshore.gateway.access.domain.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/permissions.md} is the table of permissions, and the table has a line for every operation that a service
 * describes. After a change: {@code ./mvnw -pl e2e test -Dtest=PermissionsPageTest -Dlongshore.regenerate}.
 */
class PermissionsPageTest {

    private static final Path PAGE = Modules.root().resolve("docs/permissions.md");
    private static final String MARKER = "<!-- From here on written by PermissionsPageTest in e2e -->\n";
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void everyOperationHasALineAndEveryLineAnOperation() throws IOException {
        var described = new TreeSet<String>();
        for (var module : Modules.SERVICES) {
            described.addAll(operations(module));
        }
        var lines = PermissionTable.lines().stream()
                .map(Operation::toString)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(described)
                .as("described, without a line")
                .filteredOn(each -> !lines.contains(each))
                .isEmpty();
        assertThat(lines)
                .as("a line for nothing")
                .filteredOn(each -> !described.contains(each))
                .isEmpty();
    }

    @Test
    void thePageIsTheTable() throws IOException {
        var generated = generate();
        var page = Files.readString(PAGE);
        var head = page.substring(0, page.indexOf(MARKER) + MARKER.length());
        if (System.getProperty("longshore.regenerate") != null) {
            Files.writeString(PAGE, head + generated);
            page = head + generated;
        }

        assertThat(page.substring(head.length())).isEqualTo(generated);
    }

    /** Written by each service's build. */
    private static Set<String> operations(String module) throws IOException {
        var document = JSON.readTree(Modules.root()
                .resolve(module)
                .resolve("target/openapi/openapi.json")
                .toFile());
        var operations = new TreeSet<String>();
        for (var path : document.path("paths").properties()) {
            methods(path.getValue())
                    .forEach(method -> operations.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey()));
        }
        return operations;
    }

    private static Stream<String> methods(JsonNode item) {
        return item.properties().stream().map(java.util.Map.Entry::getKey).filter(METHODS::contains);
    }

    private static String generate() {
        var text = new StringBuilder("\n| operation | ");
        text.append(Stream.of(Role.values()).map(Role::toString).collect(Collectors.joining(" | ")))
                .append(" | where |\n|---|")
                .append("---|".repeat(Role.values().length + 1))
                .append('\n');
        PermissionTable.lines().forEach(line -> text.append(row(line)));
        return text.toString();
    }

    private static String row(Operation line) {
        var cells = Stream.of(Role.values())
                .map(role -> isFor(line.permission(), role) ? "yes" : "")
                .collect(Collectors.joining(" | "));
        return "| `%s` | %s | %s |\n".formatted(line, cells, where(line));
    }

    private static boolean isFor(Permission permission, Role role) {
        return permission == Permission.PUBLIC || permission.roles().contains(role);
    }

    private static String where(Operation line) {
        return switch (line.permission()) {
            case PUBLIC -> "no login";
            case SELF -> "oneself";
            default -> line.isOfInstallation() ? "whole installation" : "its project";
        };
    }
}
