package dev.longshore.e2e;

import dev.longshore.e2e.client.Caller;
import dev.longshore.e2e.client.Caller.Said;
import dev.longshore.gateway.access.domain.Operation;
import java.util.Map;

/** A request for each operation, of things that are there where there are such; none of them changes one. */
final class Requests {

    /** A change is refused for its precondition, after it was allowed. */
    private static final String NEVER = "\"4711\"";

    private static final Map<String, String> BODIES = Map.of(
            "/api/v1/scans", "{\"reference\": \"NAME/shop/none:1\"}",
            "/api/v1/copies", "{\"source\": \"NAME/shop/none:1\", \"target\": \"NAME/mirror/none:1\"}",
            "/api/v1/restorations", "{\"reference\": \"NAME/shop/none:1\"}",
            "/api/v1/approvals",
                    "{\"project\": \"NAME\", \"action\": \"a.b\", \"resource\": \"things/NAME\", \"reason\": \"r\"}",
            "/api/v1/approvals/{id}/decisions", "{\"decision\": \"approve\"}",
            "/api/v1/checkpoints", "{\"path\": \"none.tar\", \"registry\": \"NAME\"}");

    private final Map<String, String> things;

    private Requests(Map<String, String> things) {
        this.things = things;
    }

    /** @param things {@code name} of what has a name, and the id of a {@code plan} */
    static Requests of(Map<String, String> things) {
        return new Requests(things);
    }

    Said send(Caller caller, Operation operation) {
        var path = path(operation);
        return operation.isSafe()
                ? caller.send("GET", path, "")
                : caller.send(operation.method(), path, body(operation), "If-Match", NEVER);
    }

    private String path(Operation operation) {
        var path = operation.path();
        if (path.startsWith("/api/v1/freezes/")) {
            return path.replace("{name}", "project:" + name());
        }
        if (path.startsWith("/api/v1/retention-plans/") || path.startsWith("/api/v1/executions/")) {
            return path.replace("{id}", things.getOrDefault("plan", ""));
        }
        var filled = path.replace("{name}", name()).replace("{id}", "none-1");
        return filled + query(path);
    }

    private String query(String path) {
        var reference = "?reference=" + name() + "/shop/none:1";
        return switch (path) {
            case "/api/v1/scans", "/api/v1/findings", "/api/v1/sboms", "/api/v1/decisions", "/api/v1/replicas" ->
                reference;
            case "/api/v1/search" -> "?q=" + name();
            case "/api/v1/delivery-outcomes" -> "?delivery=none";
            default -> "";
        };
    }

    private String body(Operation operation) {
        if (operation.method().equals("DELETE")) {
            return "";
        }
        if (operation.method().equals("PUT")) {
            return put(operation.path());
        }
        var fallback = operation.path().startsWith("/api/v1/service-accounts/") ? "{\"lifetime\": \"1h\"}" : "";
        return BODIES.getOrDefault(operation.path(), fallback).replace("NAME", name());
    }

    private String put(String path) {
        var body = switch (path) {
            case "/api/v1/registries/{name}" ->
                "{\"vendor\": \"distribution\", \"url\": \"http://127.0.0.1:1\", \"allowPrivateAddresses\": true, PROJECT}";
            case "/api/v1/exemptions/{name}" ->
                "{PROJECT, \"vulnerabilities\": [\"CVE-2021-44228\"], \"images\": [\"**\"], \"reason\": \"r\", \"owner\": \"p\"}";
            case "/api/v1/replication-rules/{name}" ->
                "{PROJECT, \"source\": {\"registry\": \"NAME\"}, \"target\": {\"registry\": \"NAME\", \"repository\": \"to/x\"}}";
            case "/api/v1/retention-policies/{name}" ->
                "{PROJECT, \"scope\": {\"registries\": [\"*\"], \"repositories\": [\"**\"]}, \"rules\": [{\"tags\": [\"**\"], \"keep\": {\"lastPushed\": 2}}]}";
            case "/api/v1/freezes/{name}" -> "{\"reason\": \"another\"}";
            case "/api/v1/scan-policies/{name}" -> "{PROJECT, \"onlyFixable\": true}";
            case "/api/v1/service-accounts/{name}" -> "{PROJECT, \"description\": \"another\"}";
            case "/api/v1/projects/{name}" -> "{\"description\": \"another\"}";
            default -> "{}";
        };
        return body.replace("PROJECT", "\"project\": \"NAME\"").replace("NAME", name());
    }

    private String name() {
        return things.getOrDefault("name", "");
    }
}
