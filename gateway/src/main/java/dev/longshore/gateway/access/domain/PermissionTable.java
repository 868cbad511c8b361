package dev.longshore.gateway.access.domain;

import static dev.longshore.gateway.access.domain.Permission.ADMINISTER;
import static dev.longshore.gateway.access.domain.Permission.DEVELOP;
import static dev.longshore.gateway.access.domain.Permission.GUARD;
import static dev.longshore.gateway.access.domain.Permission.OPERATE;
import static dev.longshore.gateway.access.domain.Permission.PUBLIC;
import static dev.longshore.gateway.access.domain.Permission.SECURE;
import static dev.longshore.gateway.access.domain.Permission.SELF;
import static dev.longshore.gateway.access.domain.Permission.VIEW;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Who may do what: one line per operation of the OpenAPI document. An operation without a line does not build (a test
 * compares), and is not found by anyone.
 */
public final class PermissionTable {

    private static final List<Operation> PUBLIC_DOORS = List.of(
            in("GET", "/", PUBLIC),
            in("POST", "/webhooks/{registry}", PUBLIC),
            in("POST", "/webhooks/{registry}/{secret}", PUBLIC),
            in("POST", "/api/v1/sessions", PUBLIC),
            in("GET", "/login/oidc", PUBLIC),
            in("GET", "/login/oidc/callback", PUBLIC),
            in("POST", "/api/v1/device-authorizations", PUBLIC),
            in("POST", "/api/v1/device-authorizations/sessions", PUBLIC));

    private static final List<Operation> ONESELF = List.of(
            in("GET", "/api/v1/sessions", SELF),
            in("DELETE", "/api/v1/sessions/{id}", SELF),
            in("DELETE", "/api/v1/sessions/current", SELF),
            in("GET", "/api/v1/users/current", SELF),
            in("PUT", "/api/v1/users/current", SELF),
            in("PUT", "/api/v1/users/current/password", SELF));

    private static final List<Operation> IDENTITIES = List.of(
            whole("GET", "/api/v1/users", ADMINISTER),
            whole("GET", "/api/v1/users/{name}", ADMINISTER),
            whole("PUT", "/api/v1/users/{name}", ADMINISTER),
            whole("DELETE", "/api/v1/users/{name}", ADMINISTER),
            in("GET", "/api/v1/service-accounts", VIEW),
            in("GET", "/api/v1/service-accounts/{name}", VIEW),
            in("PUT", "/api/v1/service-accounts/{name}", ADMINISTER),
            in("DELETE", "/api/v1/service-accounts/{name}", ADMINISTER),
            in("GET", "/api/v1/service-accounts/{name}/tokens", ADMINISTER),
            in("POST", "/api/v1/service-accounts/{name}/tokens", ADMINISTER),
            in("POST", "/api/v1/service-accounts/{name}/tokens/{id}/rotations", ADMINISTER),
            in("DELETE", "/api/v1/service-accounts/{name}/tokens/{id}", ADMINISTER),
            in("GET", "/api/v1/trust-rules", VIEW),
            in("GET", "/api/v1/trust-rules/{name}", VIEW),
            in("PUT", "/api/v1/trust-rules/{name}", ADMINISTER),
            in("DELETE", "/api/v1/trust-rules/{name}", ADMINISTER));

    private static final List<Operation> CONFIGURATION = Stream.of(
                    resource("registries", ADMINISTER),
                    resource("scan-policies", SECURE),
                    resource("exemptions", SECURE),
                    resource("replication-rules", OPERATE),
                    resource("retention-policies", OPERATE),
                    resource("projects", ADMINISTER),
                    resource("freezes", GUARD))
            .flatMap(List::stream)
            .toList();

    private static final List<Operation> WORK = List.of(
            in("POST", "/api/v1/registries/{name}/diagnoses", OPERATE),
            whole("POST", "/api/v1/config/republications", ADMINISTER),
            whole("POST", "/api/v1/inventory/republications", ADMINISTER),
            in("GET", "/api/v1/images", VIEW),
            in("GET", "/api/v1/search", VIEW),
            in("GET", "/api/v1/delivery-outcomes", VIEW),
            in("GET", "/api/v1/checkpoints", VIEW),
            in("GET", "/api/v1/checkpoints/{id}", VIEW),
            in("POST", "/api/v1/checkpoints", DEVELOP),
            in("GET", "/api/v1/scans", VIEW),
            in("POST", "/api/v1/scans", DEVELOP),
            in("GET", "/api/v1/findings", VIEW),
            in("GET", "/api/v1/sboms", VIEW),
            in("GET", "/api/v1/decisions", VIEW),
            in("GET", "/api/v1/replicas", VIEW),
            in("POST", "/api/v1/copies", OPERATE),
            in("POST", "/api/v1/replication-rules/{name}/executions", OPERATE),
            in("GET", "/api/v1/replication-rules/{name}/preview", VIEW),
            in("POST", "/api/v1/retention-policies/{name}/plans", OPERATE),
            in("GET", "/api/v1/retention-plans", VIEW),
            in("GET", "/api/v1/retention-plans/{id}", VIEW),
            in("POST", "/api/v1/retention-plans/{id}/executions", OPERATE),
            in("POST", "/api/v1/restorations", OPERATE),
            in("GET", "/api/v1/executions", VIEW),
            in("GET", "/api/v1/executions/{id}", VIEW),
            in("GET", "/api/v1/executions/{id}/tasks", VIEW),
            in("POST", "/api/v1/executions/{id}/stop", OPERATE),
            in("POST", "/api/v1/executions/{id}/retry", OPERATE),
            in("GET", "/api/v1/progress", VIEW));

    private static final List<Operation> OVERSIGHT = List.of(
            in("POST", "/api/v1/approvals", DEVELOP),
            in("GET", "/api/v1/approvals", VIEW),
            in("GET", "/api/v1/approvals/{id}", VIEW),
            in("POST", "/api/v1/approvals/{id}/decisions", SECURE),
            in("GET", "/api/v1/deliveries", OPERATE),
            in("GET", "/api/v1/deliveries/{id}", OPERATE),
            in("POST", "/api/v1/deliveries/{id}/replay", OPERATE),
            whole("GET", "/api/v1/dead-letters", ADMINISTER),
            whole("GET", "/api/v1/dead-letters/{id}", ADMINISTER),
            whole("POST", "/api/v1/dead-letters/{id}/replay", ADMINISTER),
            whole("POST", "/api/v1/dead-letters/{id}/dismiss", ADMINISTER),
            in("GET", "/api/v1/audit", GUARD),
            whole("GET", "/api/v1/audit/verification", GUARD),
            whole("GET", "/api/v1/signing-keys", ADMINISTER),
            whole("POST", "/api/v1/signing-keys", ADMINISTER));

    /** SNAP's callers are known by their token, or not at all where the operator allows that: see the package {@code snap}. */
    private static final List<Operation> SNAP = List.of(
            in("POST", "/config/user/login", PUBLIC),
            whole("POST", "/config/user/create", ADMINISTER),
            whole("POST", "/config/registry/create", ADMINISTER),
            in("GET", "/config/registry/list", VIEW),
            whole("PUT", "/config/registry/update", ADMINISTER),
            whole("DELETE", "/config/registry/delete", ADMINISTER),
            in("POST", "/registry/login", DEVELOP),
            in("POST", "/registry/create_and_push_checkpoint_container", DEVELOP));

    private static final List<Operation> ALL = Stream.of(
                    PUBLIC_DOORS, ONESELF, IDENTITIES, CONFIGURATION, WORK, OVERSIGHT, SNAP)
            .flatMap(List::stream)
            .toList();

    private static final List<Line> LINES = ALL.stream()
            .map(operation -> new Line(operation, List.of(operation.path().split("/", -1))))
            .toList();

    private record Line(Operation operation, List<String> segments) {

        /** A parameter is one segment. */
        boolean matches(List<String> asked) {
            return segments.size() == asked.size()
                    && IntStream.range(0, asked.size())
                            .allMatch(i -> isParameter(segments.get(i))
                                    || segments.get(i).equals(asked.get(i)));
        }

        long parameters() {
            return segments.stream().filter(PermissionTable::isParameter).count();
        }
    }

    private PermissionTable() {}

    /** Every line, in the order of the documentation. */
    public static List<Operation> lines() {
        return ALL;
    }

    /**
     * The line of a request. One that names a segment goes before one that has a parameter there.
     *
     * @param method HEAD asks for what GET does
     * @param path as it was sent, without the query
     */
    public static Optional<Operation> find(String method, String path) {
        var asked = method.equals("HEAD") ? "GET" : method;
        var own = methods(path);
        return at(path).filter(line -> line.operation().method().equals(asked) && own.contains(asked))
                .min(Comparator.comparing(Line::parameters))
                .map(Line::operation);
    }

    /** The methods that a path knows; none if there is nothing at it. Its own, if it has a name of its own. */
    public static Set<String> methods(String path) {
        var fewest = at(path).mapToLong(Line::parameters).min().orElse(0);
        return at(path).filter(line -> line.parameters() == fewest)
                .map(line -> line.operation().method())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<Line> at(String path) {
        var segments = List.of(path.split("/", -1));
        return LINES.stream().filter(line -> line.matches(segments));
    }

    private static boolean isParameter(String segment) {
        return segment.startsWith("{");
    }

    private static List<Operation> resource(String name, Permission change) {
        var path = "/api/v1/" + name;
        return List.of(
                in("GET", path, VIEW),
                in("GET", path + "/{name}", VIEW),
                in("PUT", path + "/{name}", change),
                in("DELETE", path + "/{name}", change));
    }

    private static Operation in(String method, String path, Permission permission) {
        return new Operation(method, path, permission, false);
    }

    private static Operation whole(String method, String path, Permission permission) {
        return new Operation(method, path, permission, true);
    }
}
